"""The speaker: one worker of the group reads what is true of all of it, and shows it."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from alerts.outbox import Outbox
from alerts.rules.watched import watched
from processors.census import Census
from processors.counts import Counts, Subject
from processors.durations import DAY, HOUR
from streams.group import Group, Seen
from streams.group_metrics import Memory, Snapshot, parts
from streams.retry import REDIS_AWAY
from streams.wiring import Services

LOG = logging.getLogger(__name__)
EVERY: Final = 5.0
"""How often the lease is taken, and what is waiting looked at, in seconds."""

CENSUS_EVERY: Final = 60.0
AT_ONCE: Final = 25
"""Subjects whose counts are read at once, so that Redis serves others in between."""

WINDOWS: Final = {"1h": (HOUR, 15.0), "24h": (DAY, 15.0), "7d": (7 * DAY, 300.0)}
"""How long each window is, and how often it is read, in seconds."""

MOST: Final = {Subject.ACTOR: 200, Subject.TOPIC: 100, Subject.PAIR: 200}
"""Subjects of a kind that are shown: those that rules name come first, then those named most in the last day."""

MOST_WITH_TOPIC: Final = 300
"""Pairs with a topic that are shown, of those that rules name."""


class Speaker:
    """A worker that may speak for the group."""

    def __init__(self, services: Services, name: str) -> None:
        self._services = services
        self._name = name
        self._group = Group(services.redis, services.keys)
        self._outbox = Outbox(services.redis, services.keys)
        self._census = Census(services.redis, services.keys)
        self._counted: dict[str, tuple[float, dict[str, Counts]]] = {}
        self._renewed = 0.0

    async def run(self, stopping: Callable[[], bool]) -> None:
        """Speak for the group whenever it is this worker's turn, until it stops."""
        while not stopping():
            await self.turn(time.time())
            await asyncio.sleep(EVERY)

    async def turn(self, now: float) -> None:
        """Take the lease and read; show nothing when another has it, or while Redis is away."""
        try:
            speaks = await self._group.speaks(self._name)
            self._services.metrics.group.show(await self._snapshot(now) if speaks else None)
        except REDIS_AWAY as error:
            self._services.metrics.errors.labels("redis").inc()
            LOG.warning("the group's metrics wait: %r", error)

    async def _snapshot(self, now: float) -> Snapshot:
        found = await self._services.redis.info("memory")
        return Snapshot(
            counts=await self._count(now),
            outbox=await self._outbox.waiting(),
            memory=Memory(int(found["used_memory"]), int(found.get("maxmemory", 0))),
            workers=_states(await self._group.workers()),
        )

    async def _count(self, now: float) -> dict[str, dict[str, Counts]]:
        if not self._renewed <= now < self._renewed + CENSUS_EVERY:
            await self._census.renew(now)
            self._renewed = now
        subjects = self._subjects()
        return {window: await self._counts_of(window, subjects, now) for window in WINDOWS}

    async def _counts_of(self, window: str, subjects: Sequence[str], now: float) -> dict[str, Counts]:
        """Return the counts of a window; those that are known and not too old are not read again."""
        length, every = WINDOWS[window]
        read_at, known = self._counted.get(window, (now, {}))
        if not read_at <= now < read_at + every:
            read_at, known = now, {}
        wanted = [subject for subject in subjects if subject not in known]
        for place in range(0, len(wanted), AT_ONCE):
            some = wanted[place : place + AT_ONCE]
            known |= zip(some, await self._services.counts.read(some, now, length), strict=True)
        self._counted[window] = (read_at, known)
        return {subject: known[subject] for subject in subjects}

    def _subjects(self) -> list[str]:
        """Return what is shown, bounded: what rules name, then what is named most."""
        named = watched(self._services.in_force.rules.compiled)
        chosen = [subject for subject in named if _has_topic(subject)][:MOST_WITH_TOPIC]
        for kind, most in MOST.items():
            own = [subject for subject in named if parts(subject)[0] is kind and not _has_topic(subject)]
            chosen += [*dict.fromkeys([*own, *self._census.top(kind, most)])][:most]
        return chosen


def _has_topic(subject: str) -> bool:
    return "|" in subject


def _states(workers: Sequence[Seen]) -> dict[str, int]:
    found = Counter("lost" if seen.lost else "not_ready" if seen.worker.problems else "ready" for seen in workers)
    return {state: found[state] for state in ("ready", "not_ready", "lost")}
