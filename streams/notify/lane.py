"""One receiver's lane: its alerts from Kafka, one after the other, each kept in mind when it is done."""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any, Final

import msgspec

from alerts.alert import Alert
from alerts.delivery.answer import Result
from alerts.delivery.pauses import Turns
from alerts.delivery.receivers import Receiver
from streams.notify.consumer import AlertConsumer
from streams.notify.delivery import Delivery
from streams.notify.metrics import NotifierMetrics
from streams.notify.records import Origin, Undelivered, delivered_record, undelivered_record
from streams.notify.seen import Seen
from streams.publisher import Publisher
from streams.records import Delivered
from streams.topics import KafkaTopics

LOG = logging.getLogger(__name__)
_POLL: Final = 0.5
_NOT_SENT: Final = frozenset({Result.FILTERED, Result.REPEATED})
_decoder = msgspec.json.Decoder(Alert)


class Lane:
    """Tells one receiver of alerts, in order, and waits for nothing but it and Kafka."""

    def __init__(
        self, receiver: Receiver, consumer: AlertConsumer, delivery: Delivery, publisher: Publisher,
        kafka: KafkaTopics, metrics: NotifierMetrics,
    ) -> None:  # fmt: skip
        self.name = receiver.name
        self._consumer = consumer
        self._only = receiver.only
        self._delivery = delivery
        self._publisher = publisher
        self._kafka = kafka
        self._metrics = metrics
        self._turns = Turns(receiver.rate)
        self._seen = Seen()

    async def run(self, stopping: Callable[[], bool]) -> None:
        """Deliver until the notifier stops; what is under way then is brought to its end."""
        while not stopping():
            passed: list[Any] = []
            for record in await self._consumer.read(_POLL):
                if stopping() or not self._consumer.owns(record):
                    break
                result = await self.handle(record)
                passed.append(record)
                if result not in _NOT_SENT:
                    await self._consumer.done(passed)
                    passed = []
            await self._consumer.done(passed)

    async def start(self) -> None:
        """Join the receiver's group."""
        await self._consumer.start()

    async def stop(self) -> None:
        """Leave it."""
        await self._consumer.stop()

    async def measure(self) -> None:
        """Show how many alerts the receiver has not been told of."""
        self._metrics.lag.labels(self.name).set(await self._consumer.lag())

    async def handle(self, record: Any) -> Result:  # noqa: ANN401 - aiokafka's
        """Bring one record to its end; when this returns, what became of it is on the audit topic."""
        result = await self._result(record)
        self._metrics.deliveries.labels(self.name, result).inc()
        return result

    async def _result(self, record: Any) -> Result:  # noqa: ANN401 - as above
        try:
            alert = _decoder.decode(record.value or b"")
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            LOG.warning("receiver %s: %s/%s@%s is no alert", self.name, record.topic, record.partition, record.offset)
            await self._dead(record, Undelivered(self.name, Result.UNREADABLE, str(error)))
            return Result.UNREADABLE
        if not self._only.takes(alert):
            return Result.FILTERED
        if alert.id in self._seen:
            return Result.REPEATED
        return await self._deliver(record, alert)

    async def _deliver(self, record: Any, alert: Alert) -> Result:  # noqa: ANN401 - as above
        await asyncio.sleep(self._turns.take(time.monotonic()))
        told = await self._delivery.run(alert)
        await self._publisher.publish([delivered_record(self._kafka.audit, record.key or b"", told)])
        if told.result is not Result.DELIVERED:
            await self._dead(record, _why(told))
        self._seen.add(alert.id)
        return told.result

    async def _dead(self, record: Any, why: Undelivered) -> None:  # noqa: ANN401 - as above
        origin = Origin(record.topic, record.partition, record.offset)
        await self._publisher.publish([undelivered_record(self._kafka.dead_letters, origin, record.value or b"", why)])


def _why(told: Delivered) -> Undelivered:
    last = told.attempts[-1]
    return Undelivered(told.receiver, told.result, f"{last.status or ''} {last.answer}".strip())
