"""A contestant: a process of its own, watched from outside while it works."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn
from uuid import uuid4

import msgspec
import psutil

from streams.local.process import tail
from tests.bench.corpus import ROOT
from tests.bench.stats import BenchError

ENDS_WITHIN = 20.0
EVERY = 0.05


class Contestant(msgspec.Struct, frozen=True):
    """Who is measured: how it is run, what it needs, and whether it commits to a consumer group."""

    name: str
    module: str
    arguments: tuple[str, ...] = ()
    needs: str = ""
    commits: bool = True

    @property
    def missing(self) -> str | None:
        """Return why it cannot be measured here, None when it can."""
        if not self.needs or find_spec(self.needs):
            return None
        return f"not available on Python {sys.version_info.major}.{sys.version_info.minor}"


class Sample(msgspec.Struct, frozen=True):
    """How far a contestant was at a moment, and what it had used by then: CPU in seconds, memory in bytes."""

    time: float
    cpu: float
    memory: int
    progress: tuple[int, ...]


class Stretch(msgspec.Struct, frozen=True):
    """What some articles took: seconds, CPU seconds, and the most memory, in bytes."""

    articles: int
    seconds: float
    cpu: float
    memory: int

    @property
    def rate(self) -> float:
        """Return articles a second."""
        return self.articles / self.seconds

    @property
    def cpu_us(self) -> float:
        """Return CPU microseconds an article."""
        return self.cpu / self.articles * 1e6


def stretch(begin: Sample, samples: Sequence[Sample], articles: int) -> Stretch:
    """Return what the work took: from `begin` to the first sample that shows all the progress that the last shows."""
    end = next(sample for sample in samples if sample.progress == samples[-1].progress)
    memory = max(sample.memory for sample in samples)
    return Stretch(articles, end.time - begin.time, end.cpu - begin.cpu, memory)


class Running:
    """A contestant's process."""

    def __init__(self, name: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self._name = name
        self._process = process
        self._watched = psutil.Process(process.pid)
        self._log = log

    def sample(self, progress: Sequence[int] = ()) -> Sample:
        """Return what it has used until now; raise BenchError when it has ended."""
        try:
            used = self._watched.cpu_times()
            memory = peak_memory(self._watched)
        except psutil.Error as error:
            self.fail(f"ended by itself: {error}")
        return Sample(time.perf_counter(), used.user + used.system, memory, tuple(progress))

    def wait(self, holds: Callable[[], bool], within: float, what: str) -> None:
        """Return when a condition holds; raise BenchError when it does not in time, or the process has ended."""
        deadline = time.monotonic() + within
        while not holds():
            if self._process.poll() is not None and not holds():
                self.fail(f"ended with status {self._process.returncode} before {what}")
            if time.monotonic() > deadline:
                self.fail(f"not within {within:g} s: {what}")
            time.sleep(EVERY)

    def end(self) -> None:
        """End it in order, by force when it takes too long."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def fail(self, why: str) -> NoReturn:
        """Raise BenchError with the end of its log."""
        message = f"{self._name}: {why}; its log ends:\n{tail(self._log)}"
        raise BenchError(message)


def peak_memory(process: psutil.Process) -> int:
    """Return the most memory that a process has held, in bytes; what it holds now where the system keeps no peak."""
    try:
        status = Path(f"/proc/{process.pid}/status").read_text("ascii")
    except OSError:
        return int(process.memory_info().rss)
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


@contextmanager
def started(contestant: Contestant, environment: Mapping[str, str], folder: Path) -> Iterator[Running]:
    """Run a contestant in a process of its own, ended whatever happens."""
    log = folder / f"{contestant.module}-{uuid4().hex[:8]}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", contestant.module, *contestant.arguments],
            cwd=ROOT, env=dict(environment), stdin=subprocess.DEVNULL, stdout=output, stderr=output,
        )  # fmt: skip
    running = Running(contestant.name, process, log)
    try:
        yield running
    finally:
        running.end()
