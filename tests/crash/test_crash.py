"""The crash test in short, as people start it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.makers import wait_until

Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def said(tmp_path: Path) -> Path:
    """What the crash test prints."""
    return tmp_path / "said.txt"


@pytest.fixture
def start(tmp_path: Path, said: Path) -> Iterator[Start]:
    """Start a crash test; whatever happens, it ends with the test, and what it started with it."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.crash", *options]
        with said.open("wb") as output:
            environment = os.environ | {"TMPDIR": str(tmp_path)}
            started.append(subprocess.Popen(command, env=environment, stdout=output, stderr=output))
        return started[-1]

    yield start
    for process in started:
        process.terminate()
        process.wait()


@pytest.mark.timeout(300)
def test_nothing_is_lost_or_counted_twice_while_workers_and_servers_are_killed_and_paused(
    start: Start, said: Path
) -> None:
    process = start("--articles=2000", "--seed=206", "--seconds=25", "--each-fault-once")
    status = process.wait(240)
    assert status == 0, said.read_text("utf-8")


def test_a_crash_test_that_is_interrupted_leaves_nothing_running(start: Start, said: Path, tmp_path: Path) -> None:
    process = start("--articles=2000", "--seed=206")
    wait_until(lambda: "workers 3 of 3" in said.read_text("utf-8"))
    assert running_in(tmp_path)
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 1
    assert running_in(tmp_path) == []


def running_in(folder: Path) -> list[psutil.Process]:
    """Return the servers and workers that belong to a folder."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            places = (process.cwd(), process.environ().get("MARSAD_HOME", ""))
            if any(place.startswith(f"{folder}/marsad-crash-") for place in places):
                found.append(process)
    return found
