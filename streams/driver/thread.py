"""The consumer's thread: short fetches, whole transactions only, and a watch over the group coordinator."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final, NamedTuple, Protocol

from faust.transport.drivers import aiokafka as stock

FETCH_BYTES: Final = 16 << 20
"""What the broker may answer to one fetch, over all partitions."""

FETCH_WAIT_MS: Final = 50
"""How long the broker may hold a fetch: with one fetch in flight per broker, idle partitions hold up busy ones."""

COORDINATOR_CHECK: Final = 1.0


class Record(Protocol):
    """A record as aiokafka fetched it; `timestamp` is in milliseconds."""

    topic: str
    partition: int
    offset: int
    timestamp: int
    timestamp_type: int
    value: bytes | None


class Fetched(NamedTuple):
    """Records of one partition, and the offset after them, which gaps may put further on than the next."""

    records: Sequence[Record]
    after: int


class BatchThread(stock.AIOKafkaConsumerThread):
    """The thread that talks to Kafka."""

    generation = -1
    """The generation of the group whose positions the last fetched records belong to."""

    def _create_worker_consumer(self, transport: stock.Transport) -> Any:  # noqa: ANN401 - aiokafka is untyped
        consumer = super()._create_worker_consumer(transport)
        consumer._fetch_max_wait_ms = FETCH_WAIT_MS  # noqa: SLF001 - Faust fixes it at 1500
        consumer._fetch_max_bytes = FETCH_BYTES  # noqa: SLF001 - no setting of Faust's
        consumer._isolation_level = "read_committed"  # noqa: SLF001 - as above
        return consumer

    async def on_start(self) -> None:
        """Begin to watch with the consumer's start."""
        await super().on_start()
        self.add_future(self._watch_coordinator())

    async def _watch_coordinator(self) -> None:
        """End the process on an error of the coordinator, which aiokafka only tells those who ask."""
        while not self.should_stop:
            await asyncio.sleep(COORDINATOR_CHECK)
            try:
                self._ensure_consumer()._coordinator.check_errors()  # noqa: SLF001 - nothing public tells
            except Exception as error:  # noqa: BLE001 - whatever it is, the group is lost
                await self.crash(error)
                return

    async def _fetch_records(self, consumer: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as above
        fetched = await super()._fetch_records(consumer, *args, **kwargs)
        self.generation = consumer._coordinator.generation  # noqa: SLF001 - as above
        return {tp: Fetched(records, await consumer.position(tp)) for tp, records in fetched.items()}
