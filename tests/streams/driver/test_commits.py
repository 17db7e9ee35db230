"""What is committed: the end of what is done, and never more."""

import pytest

from tests.streams.driver.conftest import Kafka, Running
from tests.streams.driver.desk import Desk, until

pytestmark = pytest.mark.anyio
TENS = {"broker_max_poll_records": 10}


async def test_nothing_is_committed_past_an_unfinished_batch(kafka: Kafka, running: Running) -> None:
    topic, desk = kafka.create(1), Desk(held=True)
    kafka.put(topic, 40)
    async with running(desk, topic, options=TENS, concurrency=2) as app:
        await until(lambda: len(desk.batches) == 2)
        desk.let_go(1)
        await until(lambda: len(desk.batches) == 3)
        desk.let_go(2)
        await until(lambda: len(desk.batches) == 4)
        await app.consumer.commit()
        assert kafka.committed(topic) == {}
        desk.let_go(0)
        await until(lambda: kafka.committed(topic) == {0: 30})
        desk.let_go(3)
        await until(lambda: kafka.committed(topic) == {0: 40})
    assert desk.offsets() == list(range(40))


async def test_an_unfinished_batch_holds_up_only_the_partitions_that_it_holds_records_of(
    kafka: Kafka, running: Running
) -> None:
    topic, desk = kafka.create(2), Desk(held=True)
    kafka.put(topic, 5, partition=0)
    async with running(desk, topic, concurrency=2, options={"broker_max_poll_records": 5}) as app:
        await until(lambda: len(desk.batches) == 1)
        kafka.put(topic, 5, partition=1)
        await until(lambda: len(desk.batches) == 2)
        desk.let_go(1)
        await until(lambda: kafka.committed(topic) == {1: 5})
        await app.consumer.commit()
        assert kafka.committed(topic) == {1: 5}
        desk.open()


async def test_a_stalled_agent_holds_up_no_agent_of_another_kafka_topic(kafka: Kafka, running: Running) -> None:
    stalled, other, desk = kafka.create(1), kafka.create(1), Desk(held=True)
    async with running(desk, stalled, other, options=TENS):
        kafka.put(stalled, 100)
        await until(lambda: len(desk.batches) == 1)
        kafka.put(other, 100)
        for number in range(1, 11):
            await until(lambda number=number: len(desk.batches) == number + 1)  # type: ignore[misc]  # bound at once
            desk.let_go(number)
        await until(lambda: kafka.committed(other) == {0: 100})
        assert kafka.committed(stalled) == {}
        desk.open()


async def test_what_is_done_is_committed_when_the_app_ends_and_what_is_not_is_read_again(
    kafka: Kafka, running: Running
) -> None:
    topic, desk = kafka.create(1), Desk(held=True)
    kafka.put(topic, 40)
    async with running(desk, topic, options={**TENS, "broker_commit_interval": 60.0}, end_within=0.2):
        await until(lambda: len(desk.batches) == 1)
        desk.let_go(0)
        await until(lambda: len(desk.batches) == 2)
    assert kafka.committed(topic) == {0: 10}
    again = Desk()
    async with running(again, topic, options=TENS):
        await until(lambda: len(again.offsets()) == 30)
    assert again.offsets() == list(range(10, 40))
    assert kafka.committed(topic) == {0: 40}
