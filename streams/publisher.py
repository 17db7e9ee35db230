"""Publishing to Kafka: returns when the broker has the records."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol

from aiokafka.errors import (
    ClusterAuthorizationFailedError,
    InvalidTopicError,
    KafkaError,
    MessageSizeTooLargeError,
    RecordListTooLargeError,
    TopicAuthorizationFailedError,
)

from processors.errors import ServiceError
from streams.driver.producer import Codec
from streams.records import OutRecord
from streams.retry import until_back

KAFKA_AWAY = (KafkaError, TimeoutError)
REFUSALS = (
    ClusterAuthorizationFailedError,
    InvalidTopicError,
    MessageSizeTooLargeError,
    RecordListTooLargeError,
    TopicAuthorizationFailedError,
)
"""What no waiting mends: the worker ends and says so."""

ACKNOWLEDGED_WITHIN = 30.0


class Producer(Protocol):
    """What sends records: the batch driver's producer."""

    async def send_many(self, records: Sequence[OutRecord], codecs: Mapping[str, Codec]) -> list[Awaitable[Any]]:
        """Send records; return what ends when they are acknowledged."""


class Publisher:
    """The worker's producer; records of one call go out in order and without waiting for each other."""

    def __init__(
        self, producer: Callable[[], Producer], failed: Callable[[Exception], None], codecs: Mapping[str, Codec]
    ) -> None:
        self._producer = producer
        self._failed = failed
        self._codecs = codecs

    async def publish(self, records: Sequence[OutRecord]) -> None:
        """Send records and wait until all are acknowledged, however long Kafka is away."""
        if records:
            await until_back(lambda: self._once(records), KAFKA_AWAY, self._failed)

    async def _once(self, records: Sequence[OutRecord]) -> None:
        try:
            async with asyncio.timeout(ACKNOWLEDGED_WITHIN):
                await asyncio.gather(*await self._producer().send_many(records, self._codecs))
        except REFUSALS as error:
            message = f"Kafka refuses what Marsad publishes: {error}; see the limits and rights of its topics"
            raise ServiceError(message) from error
