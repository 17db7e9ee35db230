"""The chaos repeats, and the supervisor notices what no worker may do."""

import threading
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from streams.settings import Settings
from tests.crash.chaos import DECK, Kind, schedule
from tests.crash.supervisor import Supervisor, Told
from tests.makers import wait_until

DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"


def test_a_seed_makes_the_same_chaos_again() -> None:
    assert [*islice(schedule(7, 3), 50)] == [*islice(schedule(7, 3), 50)]
    assert [*islice(schedule(7, 3), 50)] != [*islice(schedule(8, 3), 50)]


def test_no_kind_of_fault_and_no_worker_is_left_out() -> None:
    faults = [*islice(schedule(7, 3), len(DECK))]
    assert {fault.kind for fault in faults} == set(Kind)
    assert {fault.worker for fault in islice(schedule(7, 3), 100)} == {1, 2, 3}


def test_some_pauses_outlast_the_session() -> None:
    pauses = [fault.seconds for fault in islice(schedule(7, 3), 200) if fault.kind is Kind.PAUSE_WORKER]
    assert min(pauses) < 7 < max(pauses) <= 12


class Running:
    """A supervisor at work on one process."""

    def __init__(self, folder: Path, program: str) -> None:
        self.supervisor = Supervisor(Settings(home=folder), 1, print, command=("-c", program), ends_within=1.0)
        self.logs = folder / "workers"
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self.supervisor.run, args=(self._ending,))
        self._thread.start()

    def close(self) -> None:
        self._ending.set()
        self._thread.join()
        self.supervisor.close()


@pytest.fixture
def running(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Running]:
    running = Running(tmp_path, request.param)
    yield running
    running.close()


@pytest.mark.parametrize("running", ["import time; time.sleep(60)"], indirect=True)
def test_a_worker_that_is_killed_is_started_again(running: Running) -> None:
    wait_until(lambda: running.supervisor.up() == 1)
    running.supervisor.kill(1)
    wait_until((running.logs / "worker-1-002.log").exists)
    assert running.supervisor.ends == {(Told.KILL, -9): 1}
    assert running.supervisor.complaints == []


@pytest.mark.parametrize("running", ["pass"], indirect=True)
def test_a_worker_that_ends_as_if_it_were_told_to_is_complained_of(running: Running) -> None:
    wait_until(lambda: bool(running.supervisor.complaints))
    assert "by itself with status 0" in running.supervisor.complaints[0]


@pytest.mark.parametrize("running", ["raise SystemExit(3)"], indirect=True)
def test_so_is_one_that_does_not_say_why(running: Running) -> None:
    wait_until(lambda: bool(running.supervisor.complaints))
    assert "did not say last why" in running.supervisor.complaints[0]


@pytest.mark.parametrize("running", ['raise SystemExit("the worker can\'t go on: why")'], indirect=True)
def test_one_that_says_why_it_cannot_go_on_is_not(running: Running) -> None:
    wait_until(lambda: running.supervisor.ends[Told.NOTHING, 1] > 1)
    assert running.supervisor.complaints == []


@pytest.mark.parametrize("running", [DEAF], indirect=True)
def test_a_worker_that_does_not_end_is_killed_and_complained_of(running: Running) -> None:
    log = running.logs / "worker-1-001.log"
    wait_until(lambda: log.exists() and "deaf" in log.read_text())
    running.supervisor.terminate(1)
    wait_until(lambda: running.supervisor.ends[Told.KILL, -9] == 1)
    assert "did not end within 1 s of SIGTERM" in running.supervisor.complaints[0]


@pytest.mark.parametrize("running", [DEAF], indirect=True)
def test_the_end_leaves_no_worker_not_even_one_that_is_stopped(running: Running) -> None:
    wait_until(lambda: running.supervisor.up() == 1)
    running.supervisor.pause(1, 600)
    assert running.supervisor.pausing()
    running.close()
    assert running.supervisor.up() == 0
