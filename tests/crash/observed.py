"""What is there in the end, read from Kafka and Redis."""

import asyncio
import time
from typing import Any, Final

import msgspec

from processors.counts import Counts, CountStore, Subject
from processors.durations import DAY
from processors.keys import Keys
from streams.servers import redis_client
from streams.settings import Settings
from tests.bus import Bus
from tests.crash.watch import Standing

_AT_ONCE: Final = 500


class Seen(msgspec.Struct, frozen=True):
    """A record of a Kafka topic."""

    partition: int
    offset: int
    key: bytes
    value: bytes
    headers: dict[str, str] = {}


class Observed(msgspec.Struct, frozen=True):
    """The Kafka topics record by record, the counts, and what is left to do."""

    articles: list[Seen]
    tagged: list[Seen]
    alerts: list[Seen]
    audit: list[Seen]
    dead: list[Seen]
    counts: dict[str, Counts]
    standing: Standing


def observe(settings: Settings, redis: str, subjects: list[str], standing: Standing) -> Observed:
    """Read everything; counts for these subjects and for every other that is there."""
    bus = Bus(settings)
    topics = (bus.topics.articles, bus.topics.tagged, bus.topics.alerts, bus.topics.audit, bus.topics.dead_letters)
    articles, tagged, alerts, audit, dead = ([_seen(record) for record in bus.records(topic)] for topic in topics)
    counts = asyncio.run(_counts(settings, redis, subjects))
    return Observed(articles, tagged, alerts, audit, dead, counts, standing)


def _seen(record: Any) -> Seen:  # noqa: ANN401 - kafka-python is untyped
    headers = {name: value.decode() for name, value in record.headers}
    return Seen(record.partition, record.offset, record.key, record.value, headers)


async def _counts(settings: Settings, url: str, subjects: list[str]) -> dict[str, Counts]:
    found: dict[str, Counts] = {}
    async with redis_client(settings, url) as redis:
        store, now = CountStore(redis, Keys(settings.redis_prefix), 1, 1), time.time()
        names = {*subjects}
        for kind, within in ((Subject.ACTOR, ""), (Subject.TOPIC, ""), (Subject.PAIR, ""), (Subject.PAIR, "|")):
            names.update(await store.top(kind, now, DAY, 10**9, within))
        ordered = sorted(names)
        for start in range(0, len(ordered), _AT_ONCE):
            some = ordered[start : start + _AT_ONCE]
            found |= dict(zip(some, await store.read(some, now, DAY), strict=True))
    return found
