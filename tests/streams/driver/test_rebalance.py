"""Partitions that move between workers: by joining, leaving, and dying."""

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.makers import wait_until
from tests.streams.driver.conftest import Kafka, Process, Start
from tests.streams.driver.probe import Notes

PARTITIONS = 6
STEP = {"broker_max_poll_records": 20}


class Load:
    """A Kafka topic whose partitions are kept supplied, however fast the workers are."""

    def __init__(self, kafka: Kafka, notes: Notes) -> None:
        self.topic = kafka.create(PARTITIONS)
        self.count = 0
        self._kafka = kafka
        self._notes = notes

    def more(self, count: int = 100) -> None:
        """Add records to each partition."""
        for partition in range(PARTITIONS):
            self._kafka.put(self.topic, count, partition, start=self.count)
        self.count += count

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for a condition, under load."""

        def loaded() -> bool:
            if PARTITIONS * self.count - len(set(self._notes.done())) < 500:
                self.more()
            return holds()

        wait_until(loaded)

    def until_at_work(self, *processes: Process) -> None:
        """Wait until each process has been given something, under load."""
        self.until(lambda: all(seen_by(self._notes, process.pid) for process in processes))

    def until_done(self, within: float = 60.0) -> None:
        """Wait until everything is done."""
        wait_until(lambda: len(set(self._notes.done())) == PARTITIONS * self.count, within)


@pytest.fixture
def load(kafka: Kafka, notes: Notes) -> Load:
    """Work for the apps of one test."""
    load = Load(kafka, notes)
    load.more()
    return load


def seen_by(notes: Notes, pid: int) -> set[int]:
    """Return the partitions of which a process was given records."""
    return {p for note in notes.read(done=False) if note.pid == pid for _, p, _, _ in note.records}


def each_once(notes: Notes, count: int) -> None:
    """Check that every record was handed out once, in order within its partition."""
    for partition in range(PARTITIONS):
        assert [offset for _, _, offset in notes.begun(partition)] == list(range(count))


def test_at_orderly_moves_every_record_is_seen_once(kafka: Kafka, start: Start, notes: Notes, load: Load) -> None:
    first = start(load.topic, options=STEP, pause=0.02)
    load.until_at_work(first)
    second, third = (start(load.topic, options=STEP, pause=0.02, ready=False) for _ in range(2))
    load.until_at_work(second, third)
    second.process.send_signal(signal.SIGTERM)
    load.until(lambda: second.process.poll() is not None)
    first.process.send_signal(signal.SIGTERM)
    load.until(lambda: first.process.poll() is not None)
    load.until_done()
    assert [first.process.returncode, second.process.returncode, third.end()] == [0, 0, 0]
    assert kafka.committed(load.topic) == dict.fromkeys(range(PARTITIONS), load.count)
    each_once(notes, load.count)


def test_after_a_kill_the_others_take_over_within_twenty_seconds(start: Start, notes: Notes, load: Load) -> None:
    workers = [start(load.topic, options=STEP, pause=0.02, ready=False) for _ in range(3)]
    load.until_at_work(*workers)
    killed = workers[0]
    assert killed.end(signal.SIGKILL) == -signal.SIGKILL
    died, theirs = time.time(), last_partitions(notes, killed.pid)
    load.until(lambda: bool(taken_over(notes, theirs, killed.pid, died)))
    assert min(taken_over(notes, theirs, killed.pid, died)) - died < 20
    load.until_done()
    assert [worker.end() for worker in workers[1:]] == [0, 0]
    for partition in range(PARTITIONS):
        offsets = [offset for _, _, offset in notes.begun(partition)]
        assert list(dict.fromkeys(offsets)) == list(range(load.count))


def last_partitions(notes: Notes, pid: int) -> set[int]:
    """Return the partitions of the last batch of a process."""
    return {p for _, p, _, _ in [note for note in notes.read(done=False) if note.pid == pid][-1].records}


def taken_over(notes: Notes, partitions: set[int], pid: int, since: float) -> list[float]:
    """Return when others were given records of some partitions."""
    others = [note for note in notes.read(done=True) if note.pid != pid and note.at > since]
    return [note.at for note in others if partitions & {p for _, p, _, _ in note.records}]


def test_workers_that_end_together_leave_everything_committed(start: Start, notes: Notes, load: Load) -> None:
    workers = [start(load.topic, options=STEP, pause=0.02, ready=False) for _ in range(3)]
    load.until_at_work(*workers)
    for worker in workers[:2]:
        worker.process.send_signal(signal.SIGTERM)
    assert [worker.process.wait(20) for worker in workers[:2]] == [0, 0]
    load.until_done()
    assert workers[2].end() == 0
    each_once(notes, load.count)


@pytest.mark.parametrize("ends_first", [False, True], ids=["the rebalance comes first", "the end comes first"])
def test_an_end_beside_a_rebalance_is_in_order(
    start: Start, notes: Notes, load: Load, tmp_path: Path, *, ends_first: bool
) -> None:
    hold = tmp_path / "hold"
    hold.touch()
    first = start(load.topic, options=STEP, hold=str(hold), end_within=60.0)
    wait_until(lambda: bool(seen_by(notes, first.pid)))
    if ends_first:
        end_begins(first)
    second = start(load.topic, options=STEP, ready=False)
    wait_until(lambda: first.text().count("Revoking previously assigned partitions") == 2)
    if not ends_first:
        end_begins(first)
    hold.unlink()
    assert first.process.wait(20) == 0, first.text()
    assert "LeaveGroup request succeeded" in first.text()
    load.until_done()
    assert second.end() == 0
    each_once(notes, load.count)


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
    start(topic, hold=str(hold))
    wait_until(lambda: bool(notes.begun()))
    start(topic, hold=str(hold))
    assert kafka.committed(topic) == {}
    hold.unlink()
    wait_until(lambda: kafka.committed(topic) == {0: 10})
    assert notes.begun() == 2 * [(topic, 0, offset) for offset in range(10)]


def test_a_worker_that_was_away_too_long_commits_nothing_behind_its_successor(
    kafka: Kafka, start: Start, notes: Notes, tmp_path: Path
) -> None:
    topic, hold = kafka.create(1), tmp_path / "hold"
    rarely = {"broker_session_timeout": 6.0, "broker_commit_interval": 600.0}
    first = start(topic, options=rarely, hold=str(hold))
    kafka.put(topic, 10)
    wait_until(lambda: len(notes.done()) == 10)
    hold.touch()
    first.process.send_signal(signal.SIGSTOP)
    kafka.put(topic, 90, start=10)
    second = start(topic, options=rarely)
    wait_until(lambda: len(notes.done()) == 110)
    assert second.end() == 0
    assert kafka.committed(topic) == {0: 100}
    first.process.send_signal(signal.SIGCONT)
    wait_until(lambda: first.text().count("Worker ready") == 2)
    assert kafka.committed(topic) == {0: 100}
    hold.unlink()
    kafka.put(topic, 1, start=100)
    wait_until(lambda: (topic, 0, 100) in notes.done())
    assert first.end() == 0
    assert kafka.committed(topic) == {0: 101}


@pytest.mark.parametrize("partitions", [1, 3], ids=["one is idle", "each has some"])
def test_a_worker_that_gains_partitions_hands_nothing_out_twice(
    kafka: Kafka, start: Start, notes: Notes, partitions: int
) -> None:
    topic = kafka.create(partitions)
    workers = [start(topic, ready=False) for _ in range(2)]
    wait_until(lambda: kafka.is_settled(2))
    kafka.put(topic, 30)
    wait_until(lambda: kafka.committed(topic).get(0) == 30)
    owner = next(worker for worker in workers if 0 in seen_by(notes, worker.pid))
    owner.process.send_signal(signal.SIGTERM)
    kafka.put(topic, 200, start=30)
    assert owner.process.wait(20) == 0
    wait_until(lambda: kafka.committed(topic).get(0) == 230)
    assert notes.begun(0) == [(topic, 0, offset) for offset in range(230)]
