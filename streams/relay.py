"""The relay: alerts from the outbox to Kafka, in order, by whichever worker comes first."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import suppress
from secrets import token_hex
from typing import Final

from alerts.outbox import LEASE_MS, Entry, Outbox
from alerts.outcome import Outcome
from processors.keys import RULE_SLOTS
from streams.metrics import WorkerMetrics
from streams.publisher import Publisher
from streams.records import Held, OutRecord, alert_record, audit_record
from streams.retry import REDIS_AWAY
from streams.topics import KafkaTopics

LOG = logging.getLogger(__name__)
EVERY_SLOT: Final = range(RULE_SLOTS)
POLL: Final = 0.5
"""How often a worker looks for entries that others left behind, in seconds."""


class Relay:
    """Publishes what is in the outbox, at once for what this worker decided, by polling for the rest."""

    def __init__(self, outbox: Outbox, publisher: Publisher, kafka: KafkaTopics, metrics: WorkerMetrics) -> None:
        self._outbox = outbox
        self._publisher = publisher
        self._kafka = kafka
        self._metrics = metrics
        self._decided: set[int] = set()
        self._news = asyncio.Event()

    def nudge(self, slots: Iterable[int]) -> None:
        """Say in which slots there is something new."""
        self._decided.update(slots)
        if self._decided:
            self._news.set()

    async def run(self, stopping: Callable[[], bool], turned: Callable[[], None]) -> None:
        """Relay until the worker stops; `turned` is called every round."""
        while not stopping():
            turned()
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL):
                    await self._news.wait()
            slots, self._decided = self._decided or EVERY_SLOT, set()
            self._news.clear()
            await self._tolerating(lambda slots=slots: self.drain(slots))  # type: ignore[misc]  # bound at once

    async def finish(self, within: float) -> None:
        """Publish what is left, for `within` seconds at the most."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._tolerating(self.drain)

    async def drain(self, slots: Iterable[int] = EVERY_SLOT) -> None:
        """Publish all that waits now and that no other worker is publishing."""
        token = token_hex(8)
        taken = await self._outbox.take(slots, token)
        while taken:
            entries = [entry for of_slot in taken.values() for entry in of_slot]
            async with asyncio.timeout(LEASE_MS / 1000):
                await self._publisher.publish([record for entry in entries for record in self._records(entry)])
            for entry in entries:
                if entry.outcome is Outcome.FIRED:
                    self._count(entry.alert.rule.id, entry.alert.rule.severity, entry.alert.time.event)
            taken = await self._outbox.settle(taken, token)

    def _records(self, entry: Entry) -> Iterator[OutRecord]:
        """Yield the alert for the Kafka topic of all of them and for those of its routes, or the entry of the audit."""
        if entry.outcome is not Outcome.FIRED:
            yield audit_record(self._kafka.audit, entry.key, entry.alert, Held(entry.outcome, entry.silence))
            return
        for topic in (self._kafka.alerts, *map(self._kafka.of_route, entry.alert.rule.route)):
            yield alert_record(topic, entry.key, entry.alert)

    async def _tolerating(self, operation: Callable[[], Awaitable[None]]) -> None:
        try:
            await operation()
        except (*REDIS_AWAY, TimeoutError) as error:
            self._metrics.errors.labels("redis").inc()
            LOG.warning("the outbox waits: %r", error)

    def _count(self, rule: str, severity: str, event: float) -> None:
        self._metrics.alerts.labels(rule, severity).inc()
        self._metrics.alert_seconds.observe(max(0.0, time.time() - event))
