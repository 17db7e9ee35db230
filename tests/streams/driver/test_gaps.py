"""Kafka topics whose offsets have gaps: everything is delivered once, and the lag comes down to nothing."""

import time
from typing import Self

import pytest
from aiokafka import AIOKafkaProducer
from kafka import KafkaAdminClient, KafkaProducer, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType

from tests.makers import wait_until
from tests.streams.driver.conftest import Kafka, Running
from tests.streams.driver.desk import Desk, until

pytestmark = pytest.mark.anyio


class Writer:
    """Writes in transactions."""

    def __init__(self, kafka: Kafka, topic: str) -> None:
        self._topic = topic
        self._producer = AIOKafkaProducer(bootstrap_servers=kafka.address, transactional_id=topic)

    async def write(self, *values: bytes, abort: bool = False) -> None:
        """Write values in one transaction."""
        await self._producer.begin_transaction()
        for value in values:
            await self._producer.send_and_wait(self._topic, value, partition=0)
        await (self._producer.abort_transaction() if abort else self._producer.commit_transaction())

    async def __aenter__(self) -> Self:
        await self._producer.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._producer.stop()


@pytest.mark.parametrize("largest", [3, 500], ids=["a batch ends before a marker", "one batch over markers"])
async def test_of_transactions_the_committed_are_delivered_and_all_are_passed(
    kafka: Kafka, running: Running, largest: int
) -> None:
    topic, desk = kafka.create(1), Desk()
    async with Writer(kafka, topic) as writer:
        await writer.write(b"1", b"2", b"3")
        await writer.write(b"no", b"no", abort=True)
        await writer.write(b"4", b"5", b"6")
        await writer.write(b"no", abort=True)
        async with running(desk, topic, options={"broker_max_poll_records": largest}):
            await until(lambda: kafka.committed(topic) == kafka.ends(topic))
            await writer.write(b"no", abort=True)
            await until(lambda: kafka.committed(topic) == kafka.ends(topic))
            await writer.write(b"7")
            await until(lambda: kafka.committed(topic) == kafka.ends(topic))
    assert [record.value for batch in desk.batches for record in batch] == [b"%d" % n for n in range(1, 8)]


async def test_a_gap_behind_an_unfinished_batch_is_not_committed_before_it(kafka: Kafka, running: Running) -> None:
    topic, desk = kafka.create(1), Desk(held=True)
    async with Writer(kafka, topic) as writer:
        await writer.write(b"1")
        async with running(desk, topic) as app:
            await until(lambda: len(desk.batches) == 1)
            await writer.write(b"no", abort=True)
            ends = kafka.ends(topic)
            await until(lambda: at_position(app.consumer, topic, ends[0]))
            await app.consumer.commit()
            assert kafka.committed(topic) == {}
            desk.open()
            await until(lambda: kafka.committed(topic) == ends)


async def at_position(consumer: object, topic: str, offset: int) -> bool:
    return bool(await consumer.position(TopicPartition(topic, 0)) == offset)  # type: ignore[attr-defined]  # Faust's


async def test_a_group_passes_a_partition_that_holds_only_an_aborted_transaction(
    kafka: Kafka, running: Running
) -> None:
    topic, desk = kafka.create(1), Desk()
    async with Writer(kafka, topic) as writer:
        await writer.write(b"no", abort=True)
    async with running(desk, topic):
        await until(lambda: kafka.committed(topic) == kafka.ends(topic))
    assert desk.batches == []


async def test_of_a_compacted_topic_what_is_left_is_delivered_and_the_holes_are_passed(
    kafka: Kafka, running: Running
) -> None:
    topic, desk = compacted(kafka), Desk()
    async with running(desk, topic, options={"broker_max_poll_records": 7}):
        await until(lambda: kafka.committed(topic) == kafka.ends(topic))
    offsets = desk.offsets()
    assert offsets == sorted(set(offsets))
    assert {r.key for batch in desk.batches for r in batch} == {b"%d" % key for key in range(20)}
    assert len(offsets) < 200


def compacted(kafka: Kafka) -> str:
    """Return a Kafka topic that had 200 records of 20 keys, most of which have been compacted away."""
    admin = KafkaAdminClient(bootstrap_servers=kafka.address)
    admin.alter_configs([ConfigResource(ConfigResourceType.BROKER, "1", {"log.cleaner.backoff.ms": "100"})])
    topic = kafka.create(1, cleanup_policy="compact", min_cleanable_dirty_ratio="0.001", segment_ms="50")
    producer = KafkaProducer(bootstrap_servers=kafka.address)
    for number in range(200):
        producer.send(topic, key=b"%d" % (number % 20), value=b"v", partition=0).get(10)
        if number % 40 == 0:
            time.sleep(0.06)  # the age at which a segment is closed
    producer.close()
    wait_until(lambda: len(kafka.read(topic)) < 100)
    admin.close()
    return topic


async def test_reading_begins_after_what_was_deleted(kafka: Kafka, running: Running) -> None:
    topic, desk = kafka.create(1), Desk()
    kafka.put(topic, 50)
    kafka.delete(topic, 30)
    async with running(desk, topic):
        await until(lambda: kafka.committed(topic) == {0: 50})
    assert desk.offsets() == list(range(30, 50))
