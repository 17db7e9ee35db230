"""The consumer of one receiver: a group of its own, whose place in Kafka is kept when the receiver has been told."""

import logging
from collections.abc import Sequence
from typing import Any, Final

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import CommitFailedError, IllegalStateError

from processors.errors import ServiceError
from streams.notify.clients import refusals_told, started
from streams.servers import kafka_config
from streams.settings import Settings

LOG = logging.getLogger(__name__)
_A_DAY_MS: Final = 24 * 3600 * 1000
_AT_ONCE: Final = 20


class AlertConsumer:
    """Reads alerts for one receiver."""

    def __init__(self, settings: Settings, brokers: str, group: str, topics: Sequence[str]) -> None:
        self._config = kafka_config(settings, brokers)
        self._options = {
            **self._config,
            "group_id": group,
            "enable_auto_commit": False,
            "auto_offset_reset": "earliest",
            "max_poll_interval_ms": _A_DAY_MS,  # a slow receiver may take long; heartbeats tell that its lane lives
            "rebalance_timeout_ms": 10_000,
            "session_timeout_ms": 10_000,
        }
        self._topics = topics
        self._consumer: Any = None  # aiokafka carries no types

    async def start(self) -> None:
        """Join the group; raise ServiceError when a Kafka topic is missing."""
        await self._begin_now()
        self._consumer = await started(AIOKafkaConsumer(*self._topics, **self._options))

    async def stop(self) -> None:
        """Leave the group, so that another takes over at once."""
        await self._consumer.stop()

    async def read(self, wait: float) -> list[Any]:
        """Return the next records as aiokafka has them; none when there are none within `wait` seconds."""
        with refusals_told():
            found = await self._consumer.getmany(timeout_ms=int(wait * 1000), max_records=_AT_ONCE)
        return [record for records in found.values() for record in records]

    def owns(self, record: Any) -> bool:  # noqa: ANN401 - aiokafka's
        """Tell whether a record is still this consumer's to handle."""
        return TopicPartition(record.topic, record.partition) in self._consumer.assignment()

    async def done(self, records: Sequence[Any]) -> None:
        """Keep the place behind records; when their partitions have moved, another will do them again."""
        places = {TopicPartition(record.topic, record.partition): record.offset + 1 for record in records}
        if not places:
            return
        try:
            await self._consumer.commit(places)
        except (CommitFailedError, IllegalStateError):
            LOG.info("partitions move: %s may be done again", places)

    async def lag(self) -> int:
        """Return how many records are behind the group's place, of the partitions that are this consumer's."""
        partitions = self._consumer.assignment()
        ends = await self._consumer.end_offsets(partitions) if partitions else {}
        places = {partition: await self._consumer.committed(partition) for partition in partitions}
        return sum(max(0, ends[partition] - (places[partition] or 0)) for partition in partitions)

    async def _begin_now(self) -> None:
        """Let a group that is new begin with what comes from now on.

        Once it has a place, partitions that are added later are read from their beginning.
        """
        consumer = await started(AIOKafkaConsumer(**self._options))
        try:
            partitions = await _partitions(self._config, self._topics)
            consumer.assign(partitions)
            if all([await consumer.committed(partition) is None for partition in partitions]):
                await consumer.commit(await consumer.end_offsets(partitions))
        except CommitFailedError:
            LOG.debug("another notifier has begun already")
        finally:
            await consumer.stop()


async def _partitions(config: dict[str, Any], topics: Sequence[str]) -> list[TopicPartition]:
    admin = await _started_admin(config)
    try:
        described = {topic["topic"]: topic["partitions"] for topic in await admin.describe_topics()}
    finally:
        await admin.close()
    missing = [topic for topic in topics if topic not in described]
    if missing:
        message = f"Kafka has no topic {' or '.join(missing)}; create it with `marsad topics`"
        raise ServiceError(message)
    return [TopicPartition(topic, part["partition"]) for topic in topics for part in described[topic]]


async def _started_admin(config: dict[str, Any]) -> Any:  # noqa: ANN401 - aiokafka carries no types
    admin = AIOKafkaAdminClient(**config)
    try:
        await admin.start()
    except BaseException:
        await admin.close()
        raise
    return admin
