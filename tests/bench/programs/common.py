"""What the contestants beside Marsad share: the same functions as its worker, on librdkafka."""

import asyncio
import gc
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

import msgspec
from confluent_kafka import Consumer, Message, Producer

from processors.errors import ServiceError
from streams.agents.monitor import handle
from streams.driver.producer import Codec
from streams.records import OutRecord
from streams.servers import locate
from streams.settings import Settings
from streams.wiring import build

IDLE: Final = 0.1


class Record(msgspec.Struct):
    """A record as Marsad's agent takes it."""

    topic: str
    partition: int
    offset: int
    timestamp: int
    value: bytes | None
    timestamp_type: int = 0


class LibrdkafkaProducer:
    """Sends by librdkafka, and waits until the broker has everything."""

    def __init__(self, brokers: str, compression: str) -> None:
        self._producer = Producer(
            {
                "bootstrap.servers": brokers,
                "acks": "all",
                "enable.idempotence": True,
                "compression.type": compression,
                "message.max.bytes": 2 << 20,
            }
        )

    async def send_many(self, records: Sequence[OutRecord], codecs: Mapping[str, Codec]) -> list[Awaitable[Any]]:  # noqa: ARG002 - Marsad's way to call it
        """Send records and wait until all are acknowledged."""
        failed: list[object] = []
        for record in records:
            self._producer.produce(
                record.topic,
                record.value,
                record.key,
                headers=record.headers,
                on_delivery=lambda error, _: failed.append(error) if error else None,
            )
        if self._producer.flush(30) or failed:
            message = f"Kafka did not take everything: {failed[:1]}"
            raise ServiceError(message)
        return []


class Job:
    """The full job, for those who bring the records."""

    def __init__(self) -> None:
        self.settings = Settings.load()
        self.servers = locate(self.settings)
        producer = LibrdkafkaProducer(self.servers.kafka, self.settings.kafka_compression)
        self._loop = asyncio.new_event_loop()
        self._services = build(self.settings, self.servers, lambda: producer)
        self.topic = self._services.kafka.articles
        gc.freeze()  # as Marsad's worker does

    def do(self, batch: Sequence[Record]) -> None:
        """Bring a batch all the way, its alerts too."""
        self._loop.run_until_complete(self._do(batch))

    async def _do(self, batch: Sequence[Record]) -> None:
        await handle(batch, self._services)
        await self._services.relay.drain()


def subscribed(settings: Settings, brokers: str, topic: str) -> Consumer:
    """Return a consumer as the bare loops use it."""
    consumer = Consumer(
        {
            "bootstrap.servers": brokers,
            "group.id": settings.group,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
        }
    )
    consumer.subscribe([topic])
    return consumer


def what_is_there(consumer: Consumer, most: int) -> list[Message]:
    """Return what has arrived, at once when there is something."""
    first = consumer.poll(IDLE)
    return [] if first is None else [first, *consumer.consume(most - 1, 0)]


def as_record(message: Message) -> Record:
    """Return a librdkafka message as Marsad's agent takes it."""
    return Record(message.topic(), message.partition(), message.offset(), message.timestamp()[1], message.value())


def until_ended(turn: Callable[[], None]) -> None:
    """Call `turn` until SIGTERM."""
    ended: list[Any] = []
    signal.signal(signal.SIGTERM, lambda *_: ended.append(True))
    while not ended:
        turn()
