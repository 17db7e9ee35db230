"""Partitions that move between workers: by joining, leaving, and dying."""

import signal
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.makers import wait_until
from tests.streams.driver.conftest import Kafka, Process, Start
from tests.streams.driver.probe import Notes

PARTITIONS = 6
STEP = {"broker_max_poll_records": 20}


def fill(kafka: Kafka, count: int) -> str:
    """Return a Kafka topic with `count` records in each partition."""
    topic = kafka.create(PARTITIONS)
    for partition in range(PARTITIONS):
        kafka.put(topic, count, partition)
    return topic


def seen_by(notes: Notes, pid: int) -> set[int]:
    """Return the partitions of which a process was given records."""
    return {p for note in notes.read(done=False) if note.pid == pid for _, p, _, _ in note.records}


def wait_for_work(notes: Notes, *processes: Process) -> None:
    """Wait until each process has been given something."""
    wait_until(lambda: all(seen_by(notes, process.pid) for process in processes))


def each_once(notes: Notes, count: int) -> None:
    """Check that every record was handed out once, in order within its partition."""
    for partition in range(PARTITIONS):
        assert [offset for _, _, offset in notes.begun(partition)] == list(range(count))


def twice(records: Iterable[tuple[str, int, int]]) -> int:
    """Return how many records there are beyond the first of each."""
    return sum(number - 1 for number in Counter(records).values())


def test_at_orderly_moves_every_record_is_seen_once(kafka: Kafka, start: Start, notes: Notes) -> None:
    count = 800
    topic = fill(kafka, count)
    first = start(topic, options=STEP, pause=0.04)
    wait_for_work(notes, first)
    second, third = (start(topic, options=STEP, pause=0.04, ready=False) for _ in range(2))
    wait_for_work(notes, second, third)
    assert second.end() == 0
    alone = len(notes.done())
    wait_until(lambda: len(notes.done()) > min(alone + 300, PARTITIONS * count - 1))
    assert first.end() == 0
    wait_until(lambda: len(notes.done()) >= PARTITIONS * count)
    assert third.end() == 0
    assert kafka.committed(topic) == dict.fromkeys(range(PARTITIONS), count)
    each_once(notes, count)


def test_after_a_kill_the_others_take_over_within_twenty_seconds(kafka: Kafka, start: Start, notes: Notes) -> None:
    count = 800
    topic = fill(kafka, count)
    workers = [start(topic, options=STEP, pause=0.02, ready=False) for _ in range(3)]
    wait_for_work(notes, *workers)
    killed = workers[0]
    assert killed.end(signal.SIGKILL) == -signal.SIGKILL
    died, theirs = time.time(), last_partitions(notes, killed.pid)
    kafka.put(topic, 10, partition=min(theirs), start=count)
    wait_until(lambda: bool(taken_over(notes, theirs, killed.pid, died)))
    assert min(taken_over(notes, theirs, killed.pid, died)) - died < 20
    total = PARTITIONS * count + 10
    wait_until(lambda: len(set(notes.done())) == total)
    assert [worker.end() for worker in workers[1:]] == [0, 0]
    assert twice(notes.begun()) <= 2 * 20 + 0.1 / 0.02 * 20, "more than what was out, or done and not committed"
    for partition in range(PARTITIONS):
        offsets = [offset for _, _, offset in notes.begun(partition)]
        assert list(dict.fromkeys(offsets)) == sorted(set(offsets))


def last_partitions(notes: Notes, pid: int) -> set[int]:
    """Return the partitions of the last batches of a process."""
    own = [note for note in notes.read(done=False) if note.pid == pid]
    return {p for note in own[-3:] for _, p, _, _ in note.records}


def taken_over(notes: Notes, partitions: set[int], pid: int, since: float) -> list[float]:
    """Return when others were given records of some partitions."""
    others = [note for note in notes.read(done=True) if note.pid != pid and note.at > since]
    return [note.at for note in others if partitions & {p for _, p, _, _ in note.records}]


def test_workers_that_end_together_leave_everything_committed(kafka: Kafka, start: Start, notes: Notes) -> None:
    count = 500
    topic = fill(kafka, count)
    workers = [start(topic, options=STEP, pause=0.02, ready=False) for _ in range(3)]
    wait_for_work(notes, *workers)
    for worker in workers[:2]:
        worker.process.send_signal(signal.SIGTERM)
    assert [worker.process.wait(20) for worker in workers[:2]] == [0, 0]
    wait_until(lambda: len(notes.done()) >= PARTITIONS * count)
    assert workers[2].end() == 0
    each_once(notes, count)


@pytest.mark.parametrize("ends_first", [False, True], ids=["the rebalance comes first", "the end comes first"])
def test_an_end_beside_a_rebalance_is_in_order(
    kafka: Kafka, start: Start, notes: Notes, tmp_path: Path, *, ends_first: bool
) -> None:
    count, hold = 50, tmp_path / "hold"
    topic = fill(kafka, count)
    hold.touch()
    first = start(topic, options=STEP, hold=str(hold), end_within=30.0)
    wait_for_work(notes, first)
    if ends_first:
        end_begins(first)
    second = start(topic, options=STEP, ready=False)
    wait_until(lambda: first.text().count("Revoking previously assigned partitions") == 2)
    if not ends_first:
        end_begins(first)
    hold.unlink()
    assert first.process.wait(20) == 0, first.text()
    wait_until(lambda: len(notes.done()) >= PARTITIONS * count, within=5)
    assert second.end() == 0
    each_once(notes, count)


def end_begins(process: Process) -> None:
    """Tell a process to end, and wait until it has heard."""
    process.process.send_signal(signal.SIGTERM)
    wait_until(lambda: "ProbeApp]: Stopping" in process.text())


def test_a_batch_that_outlasts_the_hand_over_is_read_again(
    kafka: Kafka, start: Start, notes: Notes, tmp_path: Path
) -> None:
    hold, topic = tmp_path / "hold", kafka.create(1)
    kafka.put(topic, 10)
    hold.touch()
    first = start(topic, hold=str(hold))
    wait_for_work(notes, first)
    start(topic)
    assert kafka.committed(topic) == {}
    hold.unlink()
    wait_until(lambda: kafka.committed(topic) == {0: 10})
    assert notes.begun() == 2 * [(topic, 0, offset) for offset in range(10)]


@pytest.mark.parametrize("partitions", [1, 3], ids=["one is idle", "each has some"])
def test_a_worker_that_gains_partitions_hands_nothing_out_twice(
    kafka: Kafka, start: Start, notes: Notes, partitions: int
) -> None:
    topic = kafka.create(partitions)
    workers = [start(topic, ready=False) for _ in range(2)]
    wait_until(lambda: kafka.members() == 2)
    kafka.put(topic, 30)
    wait_until(lambda: kafka.committed(topic).get(0) == 30)
    owner = next(worker for worker in workers if 0 in seen_by(notes, worker.pid))
    owner.process.send_signal(signal.SIGTERM)
    kafka.put(topic, 200, start=30)
    assert owner.process.wait(20) == 0
    wait_until(lambda: kafka.committed(topic).get(0) == 230)
    assert notes.begun(0) == [(topic, 0, offset) for offset in range(230)]
