"""The full job: one contestant, some articles, from an empty Redis to the last commit."""

import asyncio
import time
from collections.abc import Iterator, Sequence

import msgspec

from streams.settings import Settings
from streams.topics import KafkaTopics
from tests.bench.arena import Arena, environment
from tests.bench.contestant import EVERY, Contestant, Running, Sample, Stretch, started, stretch
from tests.bench.outcome import Outcome, outcome_of

MARSAD = Contestant("Marsad's worker", "streams.cli", ("worker",))
LIMIT = Contestant("bare librdkafka loop", "tests.bench.programs.limit")
QUIX = Contestant("Quix Streams", "tests.bench.programs.quix", needs="quixstreams")
BYTEWAX = Contestant("Bytewax", "tests.bench.programs.bytewax_flow", needs="bytewax", commits=False)
CONTESTANTS = (LIMIT, MARSAD, QUIX, BYTEWAX)

WARM_UP = 200
"""So many articles are done before what is measured, so that start-up is not."""
READY_WITHIN = 300.0
QUIET_FOR = 1.0


class Run(msgspec.Struct, frozen=True):
    """One contestant's full job: what it took and what came of it; Redis's growth in bytes."""

    stretch: Stretch
    outcome: Outcome
    redis_bytes: int


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
            running.fail(f"stands at {tagged} of {articles} articles")
        yield running.sample(last)
        time.sleep(EVERY)


def _await_commit(arena: Arena, who: Contestant, running: Running, settings: Settings, articles: int) -> None:
    if who.commits:
        topic = KafkaTopics.of(settings).articles
        running.wait(lambda: arena.committed(settings.group, topic) >= articles, 10, "every article was committed")
