"""A crash test from beginning to end."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import msgspec
from pydantic import SecretStr
from redis import Redis

from processors.errors import ServiceError
from streams.local.services import Addresses, LocalServices
from streams.settings import Settings
from streams.topics import create_topics
from streams.wiring import load_tagger
from tests.crash.chaos import DECK, Chaos, Kind, schedule
from tests.crash.feeder import Feeder
from tests.crash.generator import LARGEST, Generator, Plan, rule_file
from tests.crash.observed import Observed, observe
from tests.crash.outcome import Outcome, disagreements, known_outcome
from tests.crash.report import Result
from tests.crash.say import Say
from tests.crash.supervisor import Supervisor
from tests.crash.verify import verify
from tests.crash.watch import Watch

PARTITIONS: Final = 6
_SHOWN_EVERY: Final = 5.0
_TURN: Final = 0.1


class Options(msgspec.Struct, frozen=True):
    """What is asked for: so many messages fed over so many seconds, to so many workers, under these faults."""

    articles: int
    workers: int
    seed: int
    seconds: float
    deck: tuple[Kind, ...] = DECK

    @property
    def catch_up_within(self) -> float:
        """Return how long the workers may take once the chaos is over, in seconds."""
        return 120.0 + self.articles / 100


def crash(options: Options, folder: Path, say: Say) -> Result:
    """Run a crash test in an empty folder; raise ServiceError when it cannot be carried through."""
    begun = time.monotonic()
    plan, outcome = _plan(options, say)
    with _logs(folder), _services(folder, say) as (services, addresses):
        settings = _settings(folder, addresses, plan)
        create_topics(settings, addresses.kafka)
        play = _Play(options, plan, services, addresses, settings, say)
        play.run()
        say("reading everything back")
        observed = _observed(settings, addresses, outcome)
    return Result(
        seed=options.seed,
        seconds=time.monotonic() - begun,
        checks=verify(outcome, observed),
        complaints=play.complaints + play.supervisor.complaints,
        faults=play.chaos.done,
        ends=play.supervisor.ends,
    )


class _Play:
    """Workers, chaos, feeder and watch at once, each in a thread of its own."""

    def __init__(
        self,
        options: Options,
        plan: Plan,
        services: LocalServices,
        addresses: Addresses,
        settings: Settings,
        say: Say,
    ) -> None:
        self._options = options
        self._plan = plan
        self._say = say
        self._watch = Watch(settings, addresses)
        self._feeder = Feeder(settings, addresses.kafka, self._watch.behind)
        self.supervisor = Supervisor(settings, options.workers, say)
        self.chaos = Chaos(services, self.supervisor, say)
        self.complaints: list[str] = []
        self._calm, self._ending = threading.Event(), threading.Event()
        self._shown_at = 0.0

    def run(self) -> None:
        """Feed under chaos, then let the workers catch up and end."""
        options = self._options
        with closing(self.supervisor), ThreadPoolExecutor(thread_name_prefix="crash") as pool:
            try:
                running = [pool.submit(self.supervisor.run, self._ending), pool.submit(self._watch.run, self._ending)]
                feeding = pool.submit(self._feeder.run, self._plan.messages, options.seconds, self._ending)
                faults = schedule(options.seed, options.workers, options.deck)
                raging = pool.submit(self.chaos.run, faults, self._calm)
                enough = len(options.deck)
                self._until(lambda: feeding.done() and self.chaos.done.total() >= enough, [*running, feeding, raging])
                self._calm.set()
                self._until(lambda: raging.done() and not self.supervisor.pausing(), [*running, raging])
                self._catch_up(running)
                self._say("ending the workers")
            finally:
                self._calm.set()
                self._ending.set()

    def _catch_up(self, running: list[Future[None]]) -> None:
        self._say("the chaos is over; the workers catch up")
        since, within = time.monotonic(), self._options.catch_up_within
        late = since + within
        self._until(lambda: self._watch.done_since(since) or time.monotonic() > late, running)
        if not self._watch.done_since(since):
            self.complaints.append(f"not caught up {within:.0f} s after the chaos: {self._watch.standing}")

    def _until(self, holds: Callable[[], bool], running: list[Future[None]]) -> None:
        """Wait for a condition, show how far it is, and raise what a thread raised."""
        while not holds():
            for future in running:
                if future.done():
                    future.result()
            if time.monotonic() > self._shown_at + _SHOWN_EVERY:
                self._shown_at = time.monotonic()
                self._say(self._progress())
            time.sleep(_TURN)

    def _progress(self) -> str:
        fed = f"fed {self._feeder.fed:,} of {len(self._plan.messages):,}"
        workers = f"workers {self.supervisor.up()} of {self._options.workers}"
        return f"{fed}  {self._watch.standing}  faults {self.chaos.done.total()}  {workers}"


def _plan(options: Options, say: Say) -> tuple[Plan, Outcome]:
    tagger = load_tagger(Settings())
    say(f"making {options.articles:,} messages from the seed {options.seed}")
    plan = Generator(options.seed, time.time(), tagger.catalogue).plan(options.articles)
    if found := disagreements(plan, tagger):
        message = f"{len(found)} texts do not name what they were made to name; mend texts.py. The first: {found[0]}"
        raise ServiceError(message)
    outcome = known_outcome(plan)
    say(f"{len(outcome.alerts):,} alerts and counts of {len(outcome.counts):,} subjects must come of them")
    return plan, outcome


def _observed(settings: Settings, addresses: Addresses, outcome: Outcome) -> Observed:
    watch = Watch(settings, addresses)
    try:
        return observe(settings, addresses.redis, [*outcome.counts], watch.look())
    finally:
        watch.close()


@contextmanager
def _logs(folder: Path) -> Iterator[None]:
    """Keep what the clients of Kafka and Redis say in a file."""
    handler = logging.FileHandler(folder / "crash.log")
    handler.setFormatter(logging.Formatter("%(asctime)s %(threadName)s %(name)s %(levelname)s %(message)s"))
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()


@contextmanager
def _services(folder: Path, say: Say) -> Iterator[tuple[LocalServices, Addresses]]:
    services = LocalServices(Settings(), folder / "services")
    try:
        addresses = services.up(say)
        _check_durable(addresses.redis)
        yield services, addresses
    finally:
        services.down(lambda _: None)


def _check_durable(url: str) -> None:
    with Redis.from_url(url, decode_responses=True) as redis:
        found = redis.config_get("append*")
    if (found["appendonly"], found["appendfsync"]) != ("yes", "always"):
        message = f"{url} is set to {found}; the crash test needs a Redis that writes everything before it answers"
        raise ServiceError(message)


def _settings(folder: Path, addresses: Addresses, plan: Plan) -> Settings:
    rules = folder / "rules.yaml"
    rules.write_text(rule_file(plan.rules), "utf-8")
    return Settings(
        kafka=addresses.kafka,
        redis=SecretStr(addresses.redis),
        kafka_partitions=PARTITIONS,
        article_max_bytes=LARGEST,
        rules=rules,
        home=folder,
        metrics_port=0,
    )
