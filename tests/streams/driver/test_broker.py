"""A broker that dies under an app."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from kafka import KafkaConsumer, TopicPartition

from tests.makers import wait_until
from tests.streams.driver.conftest import Kafka, Running, Start
from tests.streams.driver.desk import Desk, until
from tests.streams.driver.probe import Notes
from tests.streams.driver.servers import Servers


@pytest.fixture
def kafka(servers: Servers) -> Iterator[Kafka]:
    """Kafka topics and a group of one test, on a broker that may be killed."""
    client = Kafka(servers.addresses.kafka)
    yield client
    client.close()


def test_what_is_sent_again_because_the_broker_hung_is_there_once(
    kafka: Kafka, servers: Servers, start: Start, notes: Notes
) -> None:
    topic, echoes, count = kafka.create(2), kafka.create(2), 2_000
    for partition in range(2):
        kafka.put(topic, count, partition, start=partition * count)
    impatient = {"broker_max_poll_records": 10, "producer_request_timeout": 1.5}
    app = start(topic, options=impatient, pause=0.005, echo=echoes)
    for times in (1, 2, 3):
        wait_until(lambda times=times: len(notes.done()) > times * count / 4)  # type: ignore[misc]  # bound at once
        servers.hang("kafka")
        wait_until(lambda times=times: app.text().count("RequestTimedOutError") >= times)  # type: ignore[misc]
        servers.mend()
    wait_until(lambda: len(set(notes.done())) == 2 * count)
    assert app.end() == 0
    echoed = Counter(values(kafka, echoes))
    assert len(echoed) == 2 * count
    handed_out = Counter(value for note in notes.read(done=False) for *_, value in note.records)
    assert {value: times for value, times in echoed.items() if times > handed_out[value]} == {}


def values(kafka: Kafka, topic: str) -> list[bytes]:
    """Return the values of all records of a Kafka topic."""
    consumer = KafkaConsumer(bootstrap_servers=kafka.address, enable_auto_commit=False)
    try:
        partitions = [TopicPartition(topic, number) for number in range(2)]
        consumer.assign(partitions)
        consumer.seek_to_beginning(*partitions)
        ends, found = consumer.end_offsets(partitions), []
        while any(consumer.position(tp) < ends[tp] for tp in partitions):
            found += [r.value for records in consumer.poll(timeout_ms=200).values() for r in records]
        return found
    finally:
        consumer.close()


@pytest.mark.anyio
async def test_a_hand_over_keeps_its_time_limit_beside_a_commit_that_hangs(
    kafka: Kafka, servers: Servers, running: Running
) -> None:
    topic, desk = kafka.create(1), Desk(held=True)
    kafka.put(topic, 20)
    rarely = {"broker_max_poll_records": 10, "broker_commit_interval": 600.0}
    async with running(desk, topic, options=rarely) as app:
        ledger = app.consumer._ledger
        hanging: set[asyncio.Task[bool]] = set()
        for done in (1, 2):
            await until(lambda done=done: len(desk.batches) == done)  # type: ignore[misc]  # bound at once
            desk.let_go(done - 1)
            await until(lambda: bool(ledger.committable()))
            if not hanging:
                servers.hang("kafka")
                hanging.add(asyncio.create_task(app.consumer.commit()))
                await until(lambda: not ledger.committable())
        try:
            async with asyncio.timeout(10):
                await app.consumer.hand_over(0.2)
        finally:
            servers.mend()
        await asyncio.wait(hanging)
    assert kafka.committed(topic) == {0: 20}


def test_a_hand_over_whose_broker_is_gone_ends_and_loses_nothing(
    kafka: Kafka, servers: Servers, start: Start, notes: Notes, tmp_path: Path
) -> None:
    topic, hold, count = kafka.create(2), tmp_path / "hold", 50
    for partition in range(2):
        kafka.put(topic, count, partition)
    hold.touch()
    slow = {"broker_max_poll_records": 10, "broker_commit_interval": 60.0}
    first = start(topic, options=slow, hold=str(hold))
    wait_until(lambda: bool(notes.begun()))
    second = start(topic, options=slow, ready=False)
    wait_until(lambda: first.text().count("Revoking previously assigned partitions") == 2)
    kafka.close()
    servers.kill("kafka")
    hold.unlink()
    wait_until(lambda: bool(notes.done()))
    servers.mend()
    wait_until(lambda: len(set(notes.done())) == 2 * count)
    assert [first.end(), second.end()] == [0, 0]
    assert kafka.committed(topic) == {0: count, 1: count}
