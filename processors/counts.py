"""Rolling counts: how many articles, stories and sources named an actor, a topic, a pair, or a pair with a topic.

Counts stand in hourly buckets of event time and expire by themselves. Articles and stories are counted exactly,
distinct sources by HyperLogLog (standard error 0.81 %).
"""

from collections import Counter
from collections.abc import Sequence
from enum import IntEnum, StrEnum
from typing import Final

import msgspec

from processors.article import LEEWAY
from processors.durations import HOUR
from processors.keys import COUNT_SHARDS, Keys, shard_of
from processors.scripts import RedisClient, load_script
from processors.tagging import TaggedArticle


class Subject(StrEnum):
    """What is counted; the value begins its name in Redis."""

    ACTOR = "actor"
    TOPIC = "topic"
    PAIR = "pair"


class Counted(IntEnum):
    """What counting an article found."""

    NEW = 0
    DUPLICATE = 1
    REVISED = 2


class Counts(msgspec.Struct, frozen=True):
    """How often a subject was named within a window."""

    articles: int = 0
    stories: int = 0
    sources: int = 0


class ToCount(msgspec.Struct, frozen=True):
    """An article with the story it belongs to."""

    tagged: TaggedArticle
    story: str


ARTICLES: Final = "a:"
STORIES: Final = "s:"


def pair_name(one: str, other: str) -> str:
    """Return the name of a pair, the same for either order."""
    return "+".join(sorted((one, other)))


def actor_subject(actor: str) -> str:
    """Return what an actor is counted under."""
    return f"{Subject.ACTOR}:{actor}"


def topic_subject(topic: str) -> str:
    """Return what a topic is counted under."""
    return f"{Subject.TOPIC}:{topic}"


def pair_subject(one: str, other: str, topic: str = "") -> str:
    """Return what a pair, or a pair with a topic, is counted under."""
    return f"{Subject.PAIR}:{pair_name(one, other)}" + (f"|{topic}" if topic else "")


def subjects(tagged: TaggedArticle) -> list[str]:
    """Return everything that an article is counted for."""
    pairs = tagged.pairs()
    return [
        *(actor_subject(actor.id) for actor in tagged.actors),
        *(topic_subject(topic.id) for topic in tagged.topics),
        *(pair_subject(*pair) for pair in pairs),
        *(pair_subject(*pair, topic.id) for pair in pairs for topic in tagged.topics),
    ]


class CountStore:
    """The counts in Redis."""

    def __init__(self, redis: RedisClient, keys: Keys, claims_ttl: float, retention: float) -> None:
        self._redis = redis
        self._keys = keys
        self._claims_ttl = int(claims_ttl)
        self._retention = int(retention + HOUR)
        self._script = load_script(redis, "processors", "count")

    async def add(self, batch: Sequence[ToCount]) -> list[Counted]:
        """Count articles, each once however often it comes; tell of each whether it was new."""
        if not batch:
            return []
        pipeline = self._redis.pipeline(transaction=False)
        asked = []
        for item in batch:
            asked.append(len(pipeline))
            article, named = item.tagged.article, subjects(item.tagged)
            hour = int(article.published_at // HOUR)
            for kind, prefix, name in (("article", ARTICLES, article.id), ("story", STORIES, item.story)):
                shard = shard_of(name)
                await self._script(
                    keys=[self._keys.claim(shard, kind, name), self._keys.bucket(shard, hour)],
                    args=[self._claims_ttl, self._retention, prefix, *named],
                    client=pipeline,
                )
            if article.source:
                for subject in named:
                    key = self._keys.sources(subject, hour)
                    pipeline.pfadd(key, article.source)
                    pipeline.expire(key, self._retention)
        answers = await pipeline.execute()
        return [Counted(answers[index]) for index in asked]

    async def read(self, names: Sequence[str], now: float, window: float) -> list[Counts]:
        """Return the counts of each subject within `window` seconds before `now`, to the hour."""
        if not names:
            return []
        hours = _hours(now, window)
        fields = [kind + name for name in names for kind in (ARTICLES, STORIES)]
        pipeline = self._redis.pipeline(transaction=False)
        for shard in range(COUNT_SHARDS):
            for hour in hours:
                pipeline.hmget(self._keys.bucket(shard, hour), fields)
        for name in names:
            pipeline.pfcount(*(self._keys.sources(name, hour) for hour in hours))
        answers = await pipeline.execute()
        split = COUNT_SHARDS * len(hours)
        sums = [sum(int(v or 0) for v in column) for column in zip(*answers[:split], strict=True)]
        return [Counts(sums[2 * i], sums[2 * i + 1], int(distinct)) for i, distinct in enumerate(answers[split:])]

    async def top(self, kind: Subject, now: float, window: float, most: int, within: str = "") -> list[str]:
        """Return the subjects of one kind named in the most stories; `within` must be part of their names."""
        pipeline = self._redis.pipeline(transaction=False)
        for shard in range(COUNT_SHARDS):
            for hour in _hours(now, window):
                pipeline.hgetall(self._keys.bucket(shard, hour))
        totals: Counter[str] = Counter()
        for bucket in await pipeline.execute():
            for field, count in bucket.items():
                name = field.decode()
                if name.startswith(f"{STORIES}{kind}:"):
                    totals[name.removeprefix(STORIES)] += int(count)
        chosen = [name for name in totals if within in name and ("|" in within or "|" not in name)]
        return sorted(chosen, key=lambda name: (-totals[name], name))[:most]


def _hours(now: float, window: float) -> range:
    return range(int((now - window) // HOUR) + 1, int((now + LEEWAY) // HOUR) + 1)
