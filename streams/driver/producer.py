"""The producer: writes nothing twice, and takes many records as few batches."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Iterable, Mapping
from enum import IntEnum
from typing import Any

from aiokafka.producer.message_accumulator import BatchBuilder
from faust.transport.drivers import aiokafka as stock

from streams.records import OutRecord


class Codec(IntEnum):
    """How a batch is compressed, by the numbers of Kafka's protocol."""

    NONE = 0
    GZIP = 1
    SNAPPY = 2
    LZ4 = 3
    ZSTD = 4


class BatchProducer(stock.Producer):
    """A producer whose retries write nothing twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Faust's signature
        super().__init__(*args, **kwargs)
        self.ready = asyncio.Event()

    async def on_start(self) -> None:
        """Tell when records can be sent."""
        await super().on_start()
        self.ready.set()

    def _settings_extra(self) -> dict[str, Any]:
        return {"acks": "all", "enable_idempotence": True}

    async def send_many(self, records: Iterable[OutRecord], codecs: Mapping[str, Codec]) -> list[Awaitable[Any]]:
        """Send records, in order for each key; return what ends when the broker has them, or raises KafkaError.

        `codecs` tells how a Kafka topic's batches are compressed, if they are. To send one by one costs a future and
        six calls for each record.
        """
        return [
            await self._ensure_producer().send_batch(batch, topic, partition=partition)
            for (topic, partition), part in (await self._by_partition(records)).items()
            for batch in _batches(part, codecs.get(topic, Codec.NONE), self.max_batch_size)
        ]

    async def _by_partition(self, records: Iterable[OutRecord]) -> dict[tuple[str, int], list[OutRecord]]:
        parts: defaultdict[tuple[str, int], list[OutRecord]] = defaultdict(list)
        partitions: dict[str, list[int]] = {}
        for record in records:
            if record.topic not in partitions:
                partitions[record.topic] = sorted(await self._ensure_producer().partitions_for(record.topic))
            known = partitions[record.topic]
            parts[record.topic, self.partitioner(record.key, known, known)].append(record)  # type: ignore[misc]  # set by Faust
        return parts


def _batches(records: Iterable[OutRecord], codec: Codec, size: int) -> list[BatchBuilder]:
    batches: list[BatchBuilder] = []
    for record in records:
        fields = {"timestamp": None, "key": record.key, "value": record.value, "headers": record.headers}
        if not batches or batches[-1].append(**fields) is None:
            batches.append(BatchBuilder(size, codec))
            batches[-1].append(**fields)
    for batch in batches:
        batch.close()
    return batches
