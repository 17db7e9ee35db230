"""How large a batch is, and how long it waits to fill."""

import asyncio

import pytest

from streams.driver.thread import BATCH_BYTES
from tests.streams.driver.conftest import Kafka, Running
from tests.streams.driver.desk import Desk, until

pytestmark = pytest.mark.anyio


async def test_a_batch_holds_as_many_records_as_are_allowed_and_all_that_wait(kafka: Kafka, running: Running) -> None:
    topic, desk = kafka.create(1), Desk()
    kafka.put(topic, 95)
    async with running(desk, topic, options={"broker_max_poll_records": 40}):
        await until(lambda: len(desk.offsets()) == 95)
    assert desk.sizes() == [40, 40, 15]


async def test_a_batch_ends_with_the_record_that_makes_it_large(kafka: Kafka, running: Running) -> None:
    topic, desk = kafka.create(1), Desk()
    kafka.put(topic, 40, value=bytes(600_000))
    async with running(desk, topic):
        await until(lambda: len(desk.offsets()) == 40, within=60)
    most = BATCH_BYTES // 600_000 + 1
    assert max(desk.sizes()) == most
    assert desk.offsets() == list(range(40))


async def test_a_lone_record_goes_out_at_once(kafka: Kafka, running: Running) -> None:
    topic, desk = kafka.create(1), Desk()
    async with running(desk, topic):
        for number in range(5):
            kafka.put(topic, 1, start=number)
            await until(lambda number=number: len(desk.batches) == number + 1)  # type: ignore[misc]  # bound at once
    assert desk.sizes() == [1] * 5


async def test_lone_records_that_may_wait_go_out_together(kafka: Kafka, running: Running) -> None:
    topic, desk = kafka.create(2), Desk()
    async with running(desk, topic, batch_wait=1.5):
        for number in range(4):
            kafka.put(topic, 1, partition=number % 2, start=number)
            await asyncio.sleep(0.05)  # so that each is fetched by itself
        await until(lambda: bool(desk.batches))
    assert desk.sizes() == [4]
    assert {record.partition for record in desk.batches[0]} == {0, 1}


async def test_a_full_batch_waits_for_nothing(kafka: Kafka, running: Running) -> None:
    topic, desk = kafka.create(1), Desk()
    async with running(desk, topic, batch_wait=600.0, options={"broker_max_poll_records": 10}):
        kafka.put(topic, 25)
        await until(lambda: len(desk.batches) == 2)
    assert desk.sizes() == [10, 10]
