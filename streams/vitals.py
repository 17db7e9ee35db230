"""The vitals: every two seconds a worker looks whether it is ready, and tells the group how it does."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Protocol

import msgspec
from faust.types import TP

from alerts.rule import Rule
from processors.article import digest
from streams.group import Group, this_worker
from streams.health import LoopHealth, Readiness
from streams.retry import REDIS_AWAY
from streams.wiring import Services

LOG = logging.getLogger(__name__)
EVERY: Final = 2.0
"""How often, in seconds."""

PATIENCE: Final = 5.0
"""How long a worker waits for Redis to take its word, in seconds."""


class Consumer(Protocol):
    """What is known of the partitions that a worker reads."""

    joined: bool
    """Whether the group has given this worker its partitions."""

    def assignment(self) -> set[TP]:
        """Return the partitions that are this worker's."""

    def highwater(self, tp: TP) -> int:
        """Return the offset that follows the last record, as it was last told."""

    def done(self, tp: TP) -> int | None:
        """Return the offset that follows what is committed; None when nothing is."""

    def answered(self) -> float | None:
        """Return when a broker last answered, by the monotonic clock."""


MOST_PROBLEMS: Final = 50
"""Problems of refused rules that a worker tells of."""


class Vitals:
    """How one worker does."""

    def __init__(self, services: Services, health: LoopHealth) -> None:
        self.ready = Readiness(health)
        self.member = this_worker(time.time())
        self._services = services
        self._group = Group(services.redis, services.keys)
        self._rules: Sequence[Rule] = ()

    def shown_at(self, address: str) -> None:
        """Note where the metrics are."""
        self.member = msgspec.structs.replace(self.member, metrics=address)

    async def run(self, consumer: Consumer, stopping: Callable[[], bool]) -> None:
        """Look and tell until the worker stops."""
        while not stopping():
            await self.look(consumer)
            await asyncio.sleep(EVERY)

    async def leave(self) -> None:
        """Let the group forget this worker, which ends in order."""
        await self._asking(self._group.leave(self.member.id))

    async def look(self, consumer: Consumer) -> None:
        """Do it once."""
        self._look_at_rules()
        lag = lags(consumer) if consumer.joined else {}
        self.ready.assigned(frozenset(lag) if consumer.joined else None)
        if (at := consumer.answered()) is not None:
            self.ready.answered("kafka", at)
        self._services.metrics.show_lag(lag)
        self.member = msgspec.structs.replace(
            self.member,
            lag={str(partition): -1 if behind is None else behind for partition, behind in sorted(lag.items())},
            last_batch=self._services.metrics.last_batch_at(),
            refused=self._services.in_force.refused[:MOST_PROBLEMS],
            problems=tuple(self.ready.reasons()),
        )
        if await self._asking(self._group.beat(self.member)):
            self.ready.answered("redis", time.monotonic())

    async def _asking(self, question: Awaitable[None]) -> bool:
        """Ask Redis; return whether it answered in time."""
        try:
            async with asyncio.timeout(PATIENCE):
                await question
        except (*REDIS_AWAY, TimeoutError) as error:
            self._services.metrics.errors.labels("redis").inc()
            LOG.warning("Redis does not take the worker's word: %r", error)
            return False
        return True

    def _look_at_rules(self) -> None:
        rules = self._services.judge.rules.rules
        if rules is self._rules:
            return
        self._rules = rules
        self.member = msgspec.structs.replace(self.member, rules=len(rules), revision=revision_of(rules))
        self.ready.rules_in_force(self.member.rules, self.member.revision)
        self._services.metrics.process.rules_in_force(self.member.revision)


def lags(consumer: Consumer) -> dict[int, int | None]:
    """Return how many messages of each partition are not processed yet; None where it is not known."""
    return {tp.partition: _lag(consumer.done(tp), consumer.highwater(tp)) for tp in consumer.assignment()}


def _lag(done: int | None, end: int | None) -> int | None:
    return max(0, end - done) if done is not None and end else None


def revision_of(rules: Sequence[Rule]) -> str:
    """Return the digest of all rules in force."""
    return digest(*(word for rule in rules for word in (rule.id, rule.revision)))[:12]
