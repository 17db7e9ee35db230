"""The notifier's producer: writes nothing twice."""

from collections.abc import Awaitable, Mapping, Sequence
from typing import Any

from aiokafka import AIOKafkaProducer

from streams.driver.producer import Codec
from streams.notify.clients import started
from streams.records import OutRecord
from streams.servers import kafka_config
from streams.settings import Settings


class PlainProducer:
    """Sends records one by one; the notifier has few."""

    def __init__(self, settings: Settings, brokers: str) -> None:
        codec = settings.kafka_compression
        self._options = {
            **kafka_config(settings, brokers),
            "acks": "all",
            "enable_idempotence": True,
            "compression_type": None if codec == "none" else codec,
            "max_request_size": settings.article_max_bytes + (32 << 10),
        }
        self._producer: Any = None  # aiokafka carries no types

    async def start(self) -> None:
        """Connect."""
        self._producer = await started(AIOKafkaProducer(**self._options))

    async def stop(self) -> None:
        """Send what is left and disconnect."""
        await self._producer.stop()

    async def send_many(self, records: Sequence[OutRecord], codecs: Mapping[str, Codec]) -> list[Awaitable[Any]]:  # noqa: ARG002 - all are compressed alike
        """Send records; return what ends when they are acknowledged."""
        return [
            await self._producer.send(record.topic, record.value, key=record.key, headers=record.headers)
            for record in records
        ]
