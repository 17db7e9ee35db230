"""The full job: decode, tag, story, count, judge, publish with acks=all, commit."""

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from streams.settings import Settings
from streams.topics import KafkaTopics
from tests.bench.arena import Arena, environment
from tests.bench.contestant import EVERY, Contestant, Running, Sample, Stretch, started, stretch
from tests.bench.figures import Figures
from tests.bench.material import Material
from tests.bench.outcome import Outcome, check, outcome_of
from tests.bench.results import Part, Row, Table, say
from tests.bench.stats import ratio, spread

MARSAD = Contestant("Marsad's worker", "streams.cli", ("worker",))
LIMIT = Contestant("bare librdkafka loop", "tests.bench.programs.limit")
QUIX = Contestant("Quix Streams", "tests.bench.programs.quix", needs="quixstreams")
BYTEWAX = Contestant("Bytewax", "tests.bench.programs.bytewax_flow", needs="bytewax", commits=False)
CONTESTANTS = (LIMIT, MARSAD, QUIX, BYTEWAX)

RULES = 100
WARM_UP = 200
"""So many articles are done before what is measured, so that start-up is not."""
READY_WITHIN = 300.0
QUIET_FOR = 0.5


class Run(msgspec.Struct, frozen=True):
    """One contestant's full job: what it took and what came of it; Redis's growth in bytes."""

    stretch: Stretch
    outcome: Outcome
    redis_bytes: int


def measure(arena: Arena, material: Material, articles: int, rounds: int) -> Part:
    """Return what each contestant takes for the full job; raise BenchError when one leaves work out."""
    rules, messages = material.rule_file(arena.folder, RULES), material.messages[:articles]
    present = [who for who in CONTESTANTS if not who.missing]
    took: dict[str, list[Run]] = {who.name: [] for who in present}
    for number in range(rounds):
        for who in present:
            say(f"full job, round {number + 1} of {rounds}: {who.name}")
            run = full_job(arena, who, messages, material.corpus.begun, rules=rules)
            first = took[present[0].name]
            check(who.name, run.outcome, first[0].outcome if first else None, articles, commits=who.commits)
            took[who.name].append(run)
    rows = [row(name, runs) for name, runs in took.items()]
    rows += [{"contestant": who.name, "CPU µs/article": who.missing} for who in CONTESTANTS if who.missing]
    return Part("job", [Table("The full job", rows, _notes(articles))], _figures(took))


def row(name: str, runs: Sequence[Run]) -> Row:
    """Return what some runs of the same took, as a row."""
    return {
        "contestant": name,
        "CPU µs/article": spread([run.stretch.cpu_us for run in runs]),
        "articles/s": spread([run.stretch.rate for run in runs]),
        "alerts/1,000 articles": 1000 * len(runs[0].outcome.alerts) / runs[0].outcome.records,
    }


def cpu_per_article(runs: Sequence[Run]) -> float:
    """Return the median of what an article took, in CPU microseconds."""
    return spread([run.stretch.cpu_us for run in runs]).median


def _figures(took: Mapping[str, Sequence[Run]]) -> Figures:
    others = {"job_vs_limit": LIMIT, "job_vs_quix": QUIX, "job_vs_bytewax": BYTEWAX}
    marsad = cpu_per_article(took[MARSAD.name])
    return {
        figure: ratio(cpu_per_article(took[who.name]), marsad) for figure, who in others.items() if who.name in took
    }


def _notes(articles: int) -> list[str]:
    return [
        f"Decode, tag, story, count, judge {RULES} rules, publish with acks=all, commit; {articles - WARM_UP:,} articles, "
        f"gzip, batches of {Settings().batch_max}, after {WARM_UP} to warm up.",
        "CPU is the contestant's process alone. All tagged, counted and alerted the same, which was checked.",
    ]


def full_job(arena: Arena, who: Contestant, messages: Sequence[bytes], begun: float, **changes: object) -> Run:
    """Let a contestant do the full job on some articles; raise BenchError when it fails."""
    with arena.run(**changes) as settings, started(who, environment(settings), arena.folder) as running:
        topics = KafkaTopics.of(settings)
        warm_up(arena, running, topics, messages[:WARM_UP])
        empty = used_memory(arena)
        begin = running.sample()
        arena.fill(topics.articles, messages[WARM_UP:])
        samples = list(_until_quiet(arena, running, topics, len(messages)))
        took = stretch(begin, samples, len(messages) - WARM_UP)
        grown = used_memory(arena) - empty
        _await_commit(arena, who, running, settings, len(messages))
        return Run(took, asyncio.run(outcome_of(arena, settings, begun)), grown)


def warm_up(arena: Arena, running: Running, topics: KafkaTopics, messages: Sequence[bytes]) -> None:
    """Let a contestant start and do its first articles."""
    arena.fill(topics.articles, messages)
    running.wait(lambda: arena.ends(topics.tagged)[0] >= len(messages), READY_WITHIN, "its first articles were done")


def used_memory(arena: Arena) -> int:
    """Return the bytes that Redis uses."""
    return int(arena.redis.info("memory")["used_memory"])


def _until_quiet(arena: Arena, running: Running, topics: KafkaTopics, articles: int) -> Iterator[Sample]:
    changed, last = time.monotonic(), (0, 0)
    while last[0] < articles or time.monotonic() - changed < QUIET_FOR:
        tagged, alerts = arena.ends(topics.tagged, topics.alerts)
        if (tagged, alerts) != last:
            changed, last = time.monotonic(), (tagged, alerts)
        elif time.monotonic() - changed > READY_WITHIN:
            raise running.failed(f"stands at {tagged} of {articles} articles")
        yield running.sample(last)
        time.sleep(EVERY)


def _await_commit(arena: Arena, who: Contestant, running: Running, settings: Settings, articles: int) -> None:
    if who.commits:
        topic = KafkaTopics.of(settings).articles
        running.wait(lambda: arena.committed(settings.group, topic) >= articles, 10, "every article was committed")
