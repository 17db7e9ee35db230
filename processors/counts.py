"""Rolling counts: how many articles, stories and sources named an actor, a topic, a pair, or a pair with a topic.

Counts stand in hourly buckets of event time and expire by themselves. Articles and stories are counted exactly,
distinct sources by HyperLogLog (standard error 0.81 %).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from enum import IntEnum, StrEnum
from hashlib import blake2b
from typing import Final

import msgspec

from processors.article import LEEWAY
from processors.durations import HOUR
from processors.keys import COUNT_SHARDS, Keys, shard_of
from processors.scripts import Call, RedisClient, execute, load_script, packed, run
from processors.tags import TaggedArticle


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
        self._count, self._sources, self._read = (load_script("processors", n) for n in ("count", "sources", "read"))

    async def add(self, batch: Sequence[ToCount]) -> list[Counted]:
        """Count articles, each once however often it comes; tell of each whether it was new."""
        shards = [_Shard() for _ in range(COUNT_SHARDS)]
        sources: defaultdict[int, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        places = []
        for item in batch:
            article, named = item.tagged.article, subjects(item.tagged)
            marks = b"".join(map(_mark, named))
            hour = int(article.published_at // HOUR)
            for kind, prefix, name in (("story", STORIES, item.story), ("article", ARTICLES, article.id)):
                number = shard_of(name)
                claim, bucket = self._keys.claim(number, kind, name), self._keys.bucket(number, hour)
                place = shards[number].add(claim, bucket, prefix, named, marks)
            places.append((number, place))
            if article.source:
                for subject in named:
                    sources[shard_of(subject)][self._keys.sources(subject, hour)].add(article.source)
        found = await self._apply(shards, sources)
        return [Counted(found[number][place]) for number, place in places]

    async def _apply(
        self, shards: "list[_Shard]", sources: Mapping[int, Mapping[str, set[str]]]
    ) -> dict[int, list[int]]:
        ttls = (self._claims_ttl, self._retention)
        used = [number for number, shard in enumerate(shards) if shard.items]
        calls = [Call(self._count, [*shards[n].keys], [*ttls, packed(shards[n].items), *shards[n].marks]) for n in used]
        calls += [
            Call(self._sources, [*named], [self._retention, packed([[*who] for who in named.values()])])
            for named in sources.values()
        ]
        answers = await run(self._redis, calls)
        return dict(zip(used, answers, strict=False))

    async def read(self, names: Sequence[str], now: float, window: float) -> list[Counts]:
        """Return the counts of each subject within `window` seconds before `now`, to the hour."""
        if not names:
            return []
        hours = _hours(now, window)
        wanted = packed([kind + name for name in names for kind in (ARTICLES, STORIES)])
        calls = [
            Call(self._read, [self._keys.bucket(shard, hour) for hour in hours], [wanted])
            for shard in range(COUNT_SHARDS)
        ]
        sums = [sum(column) for column in zip(*await run(self._redis, calls), strict=True)]
        pipeline = self._redis.pipeline(transaction=False)
        for name in names:
            pipeline.pfcount(*(self._keys.sources(name, hour) for hour in hours))
        distinct = await execute(pipeline)
        return [Counts(sums[2 * i], sums[2 * i + 1], int(sources)) for i, sources in enumerate(distinct)]

    async def top(self, kind: Subject, now: float, window: float, most: int, within: str = "") -> list[str]:
        """Return the subjects of one kind named in the most stories; `within` must be part of their names."""
        pipeline = self._redis.pipeline(transaction=False)
        for shard in range(COUNT_SHARDS):
            for hour in _hours(now, window):
                pipeline.hgetall(self._keys.bucket(shard, hour))
        totals: Counter[str] = Counter()
        for bucket in await execute(pipeline):
            for field, count in bucket.items():
                name = field.decode()
                if name.startswith(f"{STORIES}{kind}:"):
                    totals[name.removeprefix(STORIES)] += int(count)
        chosen = [name for name in totals if within in name and ("|" in within or "|" not in name)]
        return sorted(chosen, key=lambda name: (-totals[name], name))[:most]


def _hours(now: float, window: float) -> range:
    return range(int((now - window) // HOUR) + 1, int((now + LEEWAY) // HOUR) + 1)


class _Shard:
    """What one run of the script counts: its keys, and its items, which name keys by their number."""

    def __init__(self) -> None:
        self.keys: dict[str, int] = {}
        self.items: list[tuple[int, int, str, list[str]]] = []
        self.marks: list[bytes] = []

    def add(self, claim: str, bucket: str, kind: str, named: list[str], marks: bytes) -> int:
        """Add an item; return its place among the answers."""
        self.items.append((self._number(claim), self._number(bucket), kind, named))
        self.marks.append(marks)
        return len(self.items) - 1

    def _number(self, key: str) -> int:
        return self.keys.setdefault(key, len(self.keys) + 1)


def _mark(subject: str) -> bytes:
    """Return what a claim remembers a subject by; two of one article are alike once in a hundred million articles."""
    return blake2b(subject.encode("utf-8", "surrogatepass"), digest_size=5).digest()
