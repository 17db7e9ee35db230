"""The census: what was named most lately, kept up to date hour by hour without ever reading a whole day at once."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Final

from processors.counts import STORIES, Subject
from processors.durations import HOUR
from processors.keys import COUNT_SHARDS, Keys
from processors.scripts import RedisClient

HOURS: Final = 24
"""How far back it looks."""

KEPT: Final = 2_000
"""Subjects of a kind that are kept of an hour; those that are named in fewer stories cannot be among the first."""

_PAGE: Final = 1_000
"""Fields that Redis is asked for at once, so that it never stands still for long."""


class Census:
    """How many stories of each of the last hours named what; hours that are over are read once."""

    def __init__(self, redis: RedisClient, keys: Keys) -> None:
        self._redis = redis
        self._keys = keys
        self._hours: dict[int, Mapping[Subject, Counter[str]]] = {}

    async def renew(self, now: float) -> None:
        """Read the hours that are not known yet, and again those that articles still come for."""
        present = int(now // HOUR)
        wanted = range(present - HOURS + 1, present + 2)
        self._hours = {hour: found for hour, found in self._hours.items() if hour in wanted}
        for hour in wanted:
            if hour not in self._hours or hour >= present - 1:
                self._hours[hour] = await self._read(hour)

    def top(self, kind: Subject, most: int) -> list[str]:
        """Return the subjects of one kind named in the most stories, pairs without topics."""
        totals: Counter[str] = Counter()
        for hour in self._hours.values():
            totals.update(hour.get(kind, {}))
        return sorted(totals, key=lambda name: (-totals[name], name))[:most]

    async def _read(self, hour: int) -> Mapping[Subject, Counter[str]]:
        found: defaultdict[Subject, Counter[str]] = defaultdict(Counter)
        for shard in range(COUNT_SHARDS):
            async for field, count in self._redis.hscan_iter(self._keys.bucket(shard, hour), count=_PAGE):
                name = field.decode()
                if name.startswith(STORIES) and "|" not in name:
                    subject = name.removeprefix(STORIES)
                    found[Subject(subject.partition(":")[0])][subject] += int(count)
        return {kind: Counter(dict(counts.most_common(KEPT))) for kind, counts in found.items()}
