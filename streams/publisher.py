"""Publishing to Kafka: returns when the broker has the records."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from aiokafka.errors import KafkaError
from faust.exceptions import ProducerSendError

from streams.records import OutRecord
from streams.retry import until_back

KAFKA_AWAY = (KafkaError, ProducerSendError, TimeoutError)
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
        sent = [await producer.send(r.topic, r.key, r.value, None, None, r.headers) for r in records]
        await asyncio.wait_for(asyncio.gather(*sent), ACKNOWLEDGED_WITHIN)
