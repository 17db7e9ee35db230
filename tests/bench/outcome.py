"""What a contestant did, so that nobody wins by leaving work out."""

import time
from typing import TYPE_CHECKING

import msgspec

from processors.counts import Counts, CountStore, Subject
from processors.durations import HOUR
from processors.keys import Keys
from streams.servers import redis_client
from streams.settings import Settings
from streams.topics import KafkaTopics
from tests.bench.corpus import SPAN
from tests.bench.stats import BenchError

if TYPE_CHECKING:
    from tests.bench.arena import Arena

EVERYTHING = 1_000_000


class Outcome(msgspec.Struct, frozen=True):
    """What was published, held back and counted, and how many articles the group committed."""

    tagged: frozenset[bytes]
    records: int
    alerts: frozenset[str]
    held_back: int
    counts: dict[str, Counts]
    committed: int

    @property
    def actors_tagged(self) -> int:
        """Return how often an article was tagged for an actor."""
        return sum(found.articles for name, found in self.counts.items() if name.startswith(f"{Subject.ACTOR}:"))


async def outcome_of(arena: "Arena", settings: Settings, begun: float) -> Outcome:
    """Read what a run has left on Kafka and in Redis."""
    topics = KafkaTopics.of(settings)
    tagged = [record.key() for record in arena.read(topics.tagged)]
    alerts = frozenset(dict(record.headers())["ce_id"].decode() for record in arena.read(topics.alerts))
    return Outcome(
        tagged=frozenset(tagged),
        records=len(tagged),
        alerts=alerts,
        held_back=arena.ends(topics.audit)[0],
        counts=await _counts(arena, settings, begun),
        committed=arena.committed(settings.group, topics.articles),
    )


async def _counts(arena: "Arena", settings: Settings, begun: float) -> dict[str, Counts]:
    now = time.time()
    window = now - begun + SPAN + HOUR
    async with redis_client(settings, arena.redis_url) as redis:
        store = CountStore(redis, Keys(settings.redis_prefix), 0, 0)
        names = [name for kind in Subject for name in await store.top(kind, now, window, EVERYTHING)]
        return dict(zip(names, await store.read(names, now, window), strict=True))


def check(name: str, found: Outcome, expected: Outcome | None, articles: int, *, commits: bool) -> None:
    """Raise BenchError when a contestant did not do the whole job, or another than the first one did."""
    problems = []
    if len(found.tagged) != articles or found.records != articles:
        problems.append(f"{found.records} tagged records of {len(found.tagged)} articles, not {articles}")
    if commits and found.committed != articles:
        problems.append(f"{found.committed} of {articles} articles committed")
    if expected is not None:
        problems += _differences(found, expected)
    if problems:
        message = f"{name} did not do the whole job: {'; '.join(problems)}"
        raise BenchError(message)


def _differences(found: Outcome, expected: Outcome) -> list[str]:
    problems = []
    if found.alerts != expected.alerts:
        missing, extra = len(expected.alerts - found.alerts), len(found.alerts - expected.alerts)
        problems.append(f"{missing} alerts are missing and {extra} are there that nobody else raised")
    others = [name for name in {*found.counts, *expected.counts} if found.counts.get(name) != expected.counts.get(name)]
    if others:
        name = min(others)
        problems.append(
            f"{len(others)} counts differ, {name} among them: {found.counts.get(name)}, not {expected.counts.get(name)}"
        )
    return problems
