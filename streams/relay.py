"""The relay: alerts from the outbox to Kafka, in order, by whichever worker comes first."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

from alerts.outbox import LEASE_MS, Outbox
from streams.metrics import WorkerMetrics
from streams.publisher import Publisher
from streams.records import alert_record
from streams.retry import REDIS_AWAY

LOG = logging.getLogger(__name__)
POLL = 0.5
"""How often a worker looks for entries that others left behind, in seconds."""


class Relay:
    """Publishes what is in the outbox, at once for what this worker decided, by polling for the rest."""

    def __init__(self, outbox: Outbox, publisher: Publisher, topic: str, metrics: WorkerMetrics) -> None:
        self._outbox = outbox
        self._publisher = publisher
        self._topic = topic
        self._metrics = metrics
        self._decided = asyncio.Event()

    def nudge(self) -> None:
        """Say that there is something new."""
        self._decided.set()

    async def run(self, stopping: Callable[[], bool], turned: Callable[[], None]) -> None:
        """Relay until the worker stops; `turned` is called every round."""
        while not stopping():
            turned()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._decided.wait(), POLL)
            self._decided.clear()
            await self._tolerating(self.drain)

    async def drain(self) -> None:
        """Publish all that waits now and that no other worker is publishing."""
        for slot in await self._outbox.waiting():
            async with self._outbox.lease(slot) as token:
                while token and (entries := await self._outbox.read(slot)):
                    records = [alert_record(self._topic, entry.key, entry.alert) for entry in entries]
                    async with asyncio.timeout(LEASE_MS / 1000):
                        await self._publisher.publish(records)
                    for entry in entries:
                        self._count(entry.alert.rule.id, entry.alert.rule.severity, entry.alert.time.event)
                    if not await self._outbox.settle(slot, token, entries):
                        break

    async def _tolerating(self, operation: Callable[[], Awaitable[None]]) -> None:
        try:
            await operation()
        except (*REDIS_AWAY, TimeoutError) as error:
            self._metrics.errors.labels("redis").inc()
            LOG.warning("the outbox waits: %r", error)

    def _count(self, rule: str, severity: str, event: float) -> None:
        self._metrics.alerts.labels(rule, severity).inc()
        self._metrics.alert_seconds.observe(max(0.0, time.time() - event))
