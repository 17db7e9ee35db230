"""Seeking, pausing and resuming."""

import asyncio
import random
from itertools import pairwise
from typing import Any

import pytest
from faust.types import TP

from tests.streams.driver.conftest import Kafka, Running
from tests.streams.driver.desk import Desk, until

pytestmark = pytest.mark.anyio
TENS = {"broker_max_poll_records": 10}


async def test_after_a_seek_only_what_follows_it_is_handed_out(kafka: Kafka, running: Running) -> None:
    topic, desk = kafka.create(2), Desk(held=True)
    for partition in range(2):
        kafka.put(topic, 100, partition)
    async with running(desk, topic, options=TENS) as app:
        await until(lambda: len(desk.batches) == 1)
        desk.let_go(0)
        await until(lambda: len(desk.batches) == 2)
        await app.consumer.seek(TP(topic, 0), 70)
        before = sum(record.partition == 0 for record in desk.batches[0]) + out(app)
        desk.open()
        await until(lambda: kafka.committed(topic) == {0: 100, 1: 100})
        assert desk.offsets(0)[before:] == list(range(70, 100))
        assert desk.offsets(1) == list(range(100))


def out(app: Any, partition: int = 0) -> int:  # noqa: ANN401 - Faust's
    """Return how many records of a partition are handed out and not done."""
    app.consumer._ledger.unfinished()
    return sum(record.partition == partition for batch in app.consumer._ledger._out for record in batch.value)


async def test_after_a_rewind_all_is_handed_out_again_and_the_commit_stays(kafka: Kafka, running: Running) -> None:
    topic, desk = kafka.create(1), Desk()
    kafka.put(topic, 50)
    async with running(desk, topic, options=TENS) as app:
        await until(lambda: kafka.committed(topic) == {0: 50})
        desk.held = True
        await app.consumer.seek(TP(topic, 0), 20)
        await until(lambda: len(desk.offsets()) == 60)
        desk.let_go(5)
        await app.consumer.commit()
        assert kafka.committed(topic) == {0: 50}
        desk.open()
        await until(lambda: len(desk.offsets()) == 80)
        kafka.put(topic, 1)
        await until(lambda: kafka.committed(topic) == {0: 51})
    assert desk.offsets() == [*range(50), *range(20, 51)]


async def test_what_a_fetch_brings_from_before_a_seek_is_not_handed_out(kafka: Kafka, running: Running) -> None:
    topic, desk, on_its_way, go_on = kafka.create(1), Desk(), asyncio.Event(), asyncio.Event()
    go_on.set()
    async with running(desk, topic) as app:
        fetch = app.consumer._getmany

        async def slow(*args: Any) -> Any:  # noqa: ANN401 - Faust's signature
            found = await fetch(*args)
            if found:
                on_its_way.set()
                await go_on.wait()
            return found

        app.consumer._getmany = slow
        kafka.put(topic, 1)  # for the fetch that was under way before
        await until(lambda: kafka.committed(topic) == {0: 1})
        on_its_way.clear()
        go_on.clear()
        kafka.put(topic, 10)
        await on_its_way.wait()
        await app.consumer.seek(TP(topic, 0), 8)
        go_on.set()
        await until(lambda: kafka.committed(topic) == {0: 11})
    assert desk.offsets() == [0, 8, 9, 10]


async def test_seeks_under_load_keep_the_order(kafka: Kafka, running: Running) -> None:
    topic, desk, dice = kafka.create(1), Desk(), random.Random(7)  # noqa: S311 - a game
    kafka.put(topic, 2_000, value=b"v" * 200)
    tp, targets = TP(topic, 0), []
    async with running(desk, topic, options=TENS) as app:
        for _ in range(40):
            target = dice.randrange(1_900)
            await app.consumer.seek(tp, target)
            targets.append((target, seen := len(desk.offsets())))
            await until(lambda seen=seen: len(desk.offsets()) > seen + 25)  # type: ignore[misc]  # bound at once
        await app.consumer.seek(tp, 1_990)
        await until(lambda: desk.offsets()[-1] == 1_999)
    for (target, begin), (_, end) in pairwise(targets):
        read = desk.offsets()[begin:end]
        stale = len(read) - 1 - read[::-1].index(target)
        assert stale <= 20, "more than what was out came from before the seek"
        assert read[stale:] == list(range(target, target + len(read) - stale))


async def test_nothing_of_a_paused_partition_is_handed_out_until_it_is_resumed(kafka: Kafka, running: Running) -> None:
    topic, desk = kafka.create(2), Desk(held=True)
    for partition in range(2):
        kafka.put(topic, 60, partition)
    async with running(desk, topic, options=TENS) as app:
        await until(lambda: len(desk.batches) == 1)
        app.consumer.pause_partitions({TP(topic, 0)})
        seen = out(app)
        desk.open()
        await until(lambda: kafka.committed(topic).get(1) == 60)
        kafka.put(topic, 5, partition=1)
        await until(lambda: kafka.committed(topic).get(1) == 65)
        assert len(desk.offsets(0)) == seen
        app.consumer.resume_partitions({TP(topic, 0)})
        await until(lambda: kafka.committed(topic) == {0: 60, 1: 65})
    assert desk.offsets(0) == list(range(60))
    assert desk.offsets(1) == list(range(65))


async def test_a_partition_that_is_paused_while_it_is_fetched_loses_nothing(kafka: Kafka, running: Running) -> None:
    topic, desk = kafka.create(1), Desk()
    async with running(desk, topic) as app:
        for number in range(10):
            kafka.put(topic, 5, start=number)
            app.consumer.pause_partitions({TP(topic, 0)})
            await asyncio.sleep(0)
            app.consumer.resume_partitions({TP(topic, 0)})
            await until(lambda number=number: len(desk.offsets()) == 5 * (number + 1))  # type: ignore[misc]  # bound at once
    assert desk.offsets() == list(range(50))
