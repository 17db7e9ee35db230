"""Keeps workers running: starts each again when it ends, as systemd or Kubernetes would."""

import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from streams.settings import Settings
from tests.crash.say import Say
from tests.workers import WORKER, Worker

ENDS_WITHIN: Final = 30.0
"""How long a worker may take to end once it is told to, in seconds, before it counts as hung; it promises ten."""

REASONS: Final = ("the worker can't go on", "the worker did not end within")
"""What the last line of a worker says that ends by itself."""

_TURN: Final = 0.1
_PAUSE_BEFORE_START: Final = 0.5


class Told(StrEnum):
    """What a worker was told before it ended."""

    NOTHING = "by itself"
    END = "after SIGTERM"
    KILL = "after kill -9"


@dataclass
class _Place:
    """One of the workers that should run, with what is being done to it."""

    number: int
    starts: int = 0
    worker: Worker | None = None
    told: Told = Told.NOTHING
    told_at: float = 0.0
    resume_at: float | None = None
    start_at: float = 0.0


class Supervisor:
    """So many workers, whatever happens to them; `complaints` says what none of them should have done."""

    def __init__(
        self,
        settings: Settings,
        workers: int,
        say: Say,
        *,
        command: tuple[str, ...] = WORKER,
        ends_within: float = ENDS_WITHIN,
    ) -> None:
        self._settings = settings
        self._command = command
        self._ends_within = ends_within
        self._folder = settings.home / "workers"
        self._folder.mkdir(parents=True)
        self._say = say
        self._places = [_Place(number) for number in range(1, workers + 1)]
        self._lock = threading.RLock()
        self.ends: Counter[tuple[Told, int]] = Counter()
        self.complaints: list[str] = []

    def run(self, ending: threading.Event) -> None:
        """Keep the workers running until the end."""
        while not ending.wait(_TURN):
            with self._lock:
                for place in self._places:
                    self._tend(place)

    def up(self) -> int:
        """Return how many workers run now."""
        return sum(place.worker is not None for place in self._places)

    def pausing(self) -> bool:
        """Tell whether a worker is stopped that will go on."""
        return any(place.resume_at is not None for place in self._places)

    def kill(self, number: int) -> None:
        """End a worker by SIGKILL."""
        self._tell(number, Told.KILL, signal.SIGKILL)

    def terminate(self, number: int) -> None:
        """Ask a worker to end, by SIGTERM."""
        self._tell(number, Told.END, signal.SIGTERM)

    def pause(self, number: int, seconds: float) -> None:
        """Stop a worker by SIGSTOP, and let it go on later."""
        with self._lock:
            place = self._places[number - 1]
            if place.worker is not None:
                place.worker.process.send_signal(signal.SIGSTOP)
                place.resume_at = time.monotonic() + seconds

    def close(self) -> None:
        """End all workers in order; whatever happens, none is left."""
        with self._lock:
            try:
                for place in self._places:
                    self._resume(place)
                    self._tell(place.number, Told.END, signal.SIGTERM)
                for place in self._places:
                    self._await_end(place)
            finally:
                for place in self._places:
                    if place.worker is not None:
                        place.worker.process.kill()
                        place.worker.process.wait()

    def _tell(self, number: int, what: Told, how: signal.Signals) -> None:
        with self._lock:
            place = self._places[number - 1]
            if place.worker is not None and place.worker.process.poll() is None:
                place.worker.process.send_signal(how)
                place.told, place.told_at = what, time.monotonic()

    def _tend(self, place: _Place) -> None:
        now = time.monotonic()
        if place.worker is None:
            if now >= place.start_at:
                self._start(place)
        elif (status := place.worker.process.poll()) is not None:
            self._ended(place, status)
        elif place.resume_at is not None:
            if now >= place.resume_at:
                self._resume(place)
        elif place.told is Told.END and now > place.told_at + self._ends_within:
            self._hung(place)

    def _start(self, place: _Place) -> None:
        place.starts += 1
        place.told = Told.NOTHING
        place.worker = Worker(self._settings, self._command, self._log(place))

    def _log(self, place: _Place) -> Path:
        return self._folder / f"worker-{place.number}-{place.starts:03}.log"

    def _resume(self, place: _Place) -> None:
        if place.resume_at is not None and place.worker is not None:
            place.worker.process.send_signal(signal.SIGCONT)
            place.resume_at = None
            place.told_at = time.monotonic()

    def _ended(self, place: _Place, status: int) -> None:
        self.ends[place.told, status] += 1
        which = f"worker {place.number}, started for the {place.starts}. time,"
        how = f"ended {place.told} with status {status}"
        last = self._last_line(place)
        if status > 0:
            self._say(f"{which} {how}: {last}")
        if place.told is Told.NOTHING:
            if status <= 0:
                self.complaints.append(f"{which} {how}")
            elif not any(reason in last for reason in REASONS):
                self.complaints.append(f"{which} {how} and did not say last why: {last}")
        place.worker, place.resume_at = None, None
        place.start_at = time.monotonic() + _PAUSE_BEFORE_START

    def _last_line(self, place: _Place) -> str:
        lines = self._log(place).read_text("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else "(its log is empty)"

    def _hung(self, place: _Place) -> None:
        self.complaints.append(f"worker {place.number} did not end within {self._ends_within:g} s of SIGTERM")
        self._tell(place.number, Told.KILL, signal.SIGKILL)

    def _await_end(self, place: _Place) -> None:
        if place.worker is None:
            return
        deadline = place.told_at + self._ends_within
        while place.worker.process.poll() is None and time.monotonic() < deadline:
            time.sleep(_TURN)
        if place.worker.process.poll() is None:
            self._hung(place)
        status = place.worker.process.wait()
        if status > 0:
            self.complaints.append(
                f"worker {place.number} ended with status {status} when all was done: {self._log(place)}"
            )
        self._ended(place, status)
