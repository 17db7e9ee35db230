"""The notifier: a lane for each receiver, until it is told to stop."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from alerts.delivery.receivers import AnyReceiver
from processors.errors import ServiceError
from streams.health import LoopHealth
from streams.notify.consumer import AlertConsumer
from streams.notify.delivery import Delivery
from streams.notify.lane import Lane
from streams.notify.metrics import NotifierMetrics
from streams.notify.producer import PlainProducer
from streams.notify.sender import Sender
from streams.publisher import KAFKA_AWAY, Publisher
from streams.retry import until_back
from streams.settings import Settings
from streams.topics import KafkaTopics

LOG = logging.getLogger(__name__)
_EVERY: Final = 2.0
"""How often the lag is measured, in seconds."""

_LAST: Final = 0.6
"""The share of the time to end in which what is under way may come to its end."""


class Notifier:
    """Tells receivers of alerts."""

    def __init__(
        self, settings: Settings, brokers: str, told: Sequence[tuple[AnyReceiver, Sender]], metrics: NotifierMetrics
    ) -> None:
        self.health = LoopHealth()
        self._settings = settings
        self._metrics = metrics
        self._senders = [sender for _, sender in told]
        self._producer = PlainProducer(settings, brokers)
        self._publisher = Publisher(lambda: self._producer, self._kafka_away, {})
        self._lanes = [self._lane(brokers, receiver, sender) for receiver, sender in told]
        self._to_begin = {lane.name for lane in self._lanes}
        self._stopping = asyncio.Event()

    def ready(self) -> dict[str, object]:
        """Return what `/readyz` answers: whether every receiver is told of alerts."""
        reasons = [f"receiver {name}: waiting for Kafka" for name in sorted(self._to_begin)]
        return {"ready": not reasons, "reasons": reasons}

    def stop(self) -> None:
        """Begin to end: what is under way is brought to its end if that takes no longer than it may."""
        self._stopping.set()

    async def run(self) -> None:
        """Deliver until stopped; raise ServiceError when Kafka refuses."""
        await until_back(self._producer.start, KAFKA_AWAY, self._kafka_away)
        try:
            await self._run()
        except* ServiceError as errors:
            raise errors.exceptions[0] from errors
        finally:
            await asyncio.gather(self._producer.stop(), *(sender.close() for sender in self._senders))

    async def _run(self) -> None:
        async with asyncio.TaskGroup() as group:
            beating = group.create_task(self._beat())
            telling = [group.create_task(self._tell(lane)) for lane in self._lanes]
            await self._stopping.wait()
            await asyncio.wait(telling, timeout=_LAST * self._settings.shutdown_timeout)
            for task in (beating, *telling):
                task.cancel()

    async def _tell(self, lane: Lane) -> None:
        await until_back(lane.start, KAFKA_AWAY, self._kafka_away)
        self._to_begin.discard(lane.name)
        LOG.info("receiver %s is told of alerts", lane.name)
        measuring = asyncio.create_task(self._measure(lane))
        try:
            await lane.run(self._stopping.is_set)
        finally:
            measuring.cancel()
            await lane.stop()

    async def _beat(self) -> None:
        while True:
            self.health.beat()
            await asyncio.sleep(_EVERY)

    async def _measure(self, lane: Lane) -> None:
        while True:
            with suppress(*KAFKA_AWAY):
                await lane.measure()
            await asyncio.sleep(_EVERY)

    def _lane(self, brokers: str, receiver: AnyReceiver, sender: Sender) -> Lane:
        kafka = KafkaTopics.of(self._settings)
        topics = [*map(kafka.of_route, receiver.routes)] or [kafka.alerts]
        consumer = AlertConsumer(self._settings, brokers, f"{self._settings.group}-notify-{receiver.name}", topics)
        delivery = Delivery(receiver, sender, self._metrics)
        return Lane(receiver, consumer, delivery, self._publisher, kafka, self._metrics)

    def _kafka_away(self, error: Exception) -> None:
        self._metrics.errors.labels("kafka").inc()
        LOG.warning("waiting for Kafka: %r", error)
