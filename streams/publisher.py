"""Publishing to Kafka: returns when the broker has the records."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from aiokafka.errors import (
    ClusterAuthorizationFailedError,
    InvalidTopicError,
    KafkaError,
    MessageSizeTooLargeError,
    RecordListTooLargeError,
    TopicAuthorizationFailedError,
)
from faust.exceptions import ProducerSendError

from processors.errors import ServiceError
from streams.records import OutRecord
from streams.retry import until_back

KAFKA_AWAY = (KafkaError, ProducerSendError, TimeoutError)
REFUSALS = (
    ClusterAuthorizationFailedError,
    InvalidTopicError,
    MessageSizeTooLargeError,
    RecordListTooLargeError,
    TopicAuthorizationFailedError,
)
"""What no waiting mends: the worker ends and says so."""

ACKNOWLEDGED_WITHIN = 30.0


class Publisher:
    """The worker's producer; records of one call go out in order and without waiting for each other."""

    def __init__(self, producer: Callable[[], Any], failed: Callable[[Exception], None]) -> None:
        self._producer = producer
        self._failed = failed

    async def publish(self, records: Sequence[OutRecord]) -> None:
        """Send records and wait until all are acknowledged, however long Kafka is away."""
        if records:
            await until_back(lambda: self._once(records), KAFKA_AWAY, self._failed)

    async def _once(self, records: Sequence[OutRecord]) -> None:
        producer = self._producer()
        try:
            sent = [await producer.send(r.topic, r.key, r.value, None, None, r.headers) for r in records]
            await asyncio.wait_for(asyncio.gather(*sent), ACKNOWLEDGED_WITHIN)
        except (KafkaError, ProducerSendError) as error:
            if isinstance(error, REFUSALS) or isinstance(error.__cause__, REFUSALS):
                message = f"Kafka refuses what Marsad publishes: {error}; see the limits and rights of its topics"
                raise ServiceError(message) from error
            raise
