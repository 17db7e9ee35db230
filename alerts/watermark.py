"""The watermark: the time up to which all articles are processed, shared by all workers.

Times are those that Kafka gave to records. A partition is processed up to its last record whose effects are there; its
owner says so, and also when nothing more is in it, so that an idle partition holds nothing up and a lagging one does.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Final, NamedTuple

from processors.keys import Keys
from processors.scripts import Call, RedisClient, load_script, run

DEAD_AFTER: Final = 600.0
"""Without any article for so long, in seconds, the stream counts as dead."""

TICK_MS: Final = 1_500
"""While one worker judges absences the others leave it alone for so long."""


class Low(NamedTuple):
    """Up to when all is processed, and since when articles have come without a gap."""

    time: float
    alive: float


class Watermark:
    """How far the partitions are processed, in Redis."""

    def __init__(self, redis: RedisClient, keys: Keys, ttl: float) -> None:
        self._redis = redis
        self._keys = keys
        self._ttl = int(ttl)
        self._script = load_script("alerts", "progress")

    async def report(self, progress: Mapping[int, float], times: Iterable[float] = ()) -> None:
        """Note up to when partitions are processed, and the times of the articles that were."""
        came = sorted(times)
        if not (progress or came):
            return
        ends = (repr(came[-1]), repr(unbroken_since(came))) if came else ("", "")
        pairs = [word for partition, time in progress.items() for word in (partition, repr(time))]
        await run(self._redis, [Call(self._script, [self._keys.watermark()], [self._ttl, DEAD_AFTER, *ends, *pairs])])

    async def low(self, partitions: int) -> Low | None:
        """Return the watermark over so many partitions; None while nothing is known of one of them."""
        stored: dict[bytes, bytes] = await self._redis.hgetall(self._keys.watermark())  # type: ignore[assignment]  # our clients answer in bytes
        known = {name.decode(): float(time) for name, time in stored.items()}
        wanted = [str(number) for number in range(partitions)]
        if not wanted or not known.keys() >= {*wanted, "newest", "alive"}:
            return None
        return Low(min(*(known[name] for name in wanted), known["newest"] + DEAD_AFTER), known["alive"])

    async def my_turn(self) -> bool:
        """Tell whether this worker is the one to judge absences now."""
        return bool(await self._redis.set(self._keys.tick(), 1, nx=True, px=TICK_MS))


def unbroken_since(times: list[float]) -> float:
    """Return the first of sorted times that no gap follows."""
    gaps = [after for before, after in pairwise(times) if after > before + DEAD_AFTER]
    return gaps[-1] if gaps else times[0]
