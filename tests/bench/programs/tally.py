"""What a program that does nothing counts, and how it tells the benchmark."""

import os
import signal
import sys
import time
from pathlib import Path

import msgspec


class Tally(msgspec.Struct):
    """Counts records from the first delivery, which begins the time and is not counted itself, to the last."""

    wanted: int
    counted: int = 0
    begun: tuple[float, float] | None = None
    took: tuple[float, float] = (0.0, 0.0)

    def saw(self, records: int) -> bool:
        """Count a delivery; tell whether that was the last."""
        self.wanted -= records
        if self.begun is None:
            self.begun = (time.perf_counter(), time.process_time())
            return False
        self.counted += records
        if self.wanted > 0:
            return False
        self.took = (time.perf_counter() - self.begun[0], time.process_time() - self.begun[1])
        return True

    def report(self) -> None:
        """Leave what was measured where the benchmark looks for it."""
        leave({"articles": self.counted, "seconds": self.took[0], "cpu": self.took[1]})

    def report_and_end(self) -> None:
        """Leave what was measured, then end in order."""
        self.report()
        os.kill(os.getpid(), signal.SIGTERM)


def leave(found: object) -> None:
    """Write what was found, whole or not at all, where the benchmark looks for it."""
    path = Path(option("REPORT"))
    draft = path.with_suffix(".draft")
    draft.write_bytes(msgspec.json.encode(found))
    draft.replace(path)


def begin() -> Tally:
    """Return a tally for as many records as the benchmark wants."""
    return Tally(int(option("COUNT")))


def option(name: str) -> str:
    """Return what the benchmark has set for this process beyond Marsad's settings."""
    try:
        return os.environ[f"BENCH_{name}"]
    except KeyError:
        sys.exit(f"BENCH_{name} is not set; `python -m tests.bench` starts this program")
