"""Workers as processes of their own."""

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

from streams.settings import Settings, variable
from tests.makers import wait_until

WORKER = ("-m", "streams.cli", "worker")


def environment(settings: Settings) -> dict[str, str]:
    """Return an environment in which a command finds these settings and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MARSAD_")}
    chosen = {name: getattr(settings, name) for name in settings.model_fields_set}
    shown = {name: value.get_secret_value() if name == "redis" else str(value) for name, value in chosen.items()}
    return kept | {variable(name): value for name, value in shown.items()}


class Worker:
    """A `marsad worker` in a process of its own."""

    def __init__(self, settings: Settings, command: tuple[str, ...] = WORKER, log: Path | None = None) -> None:
        self.log = log or settings.home / f"worker-{id(self)}.log"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, *command], env=environment(settings), stdout=output, stderr=output
            )

    def text(self) -> str:
        """Return what it has logged."""
        return self.log.read_text("utf-8", "replace")

    def started(self) -> None:
        """Wait until it shows its metrics."""
        wait_until(lambda: "metrics at" in self.text() or self.process.poll() is not None)
        assert self.process.poll() is None, self.text()

    def get(self, path: str) -> str:
        """Return what its web server answers."""
        address = self.text().partition("metrics at ")[2].split()[0].removesuffix("/metrics")
        with urllib.request.urlopen(address + path, timeout=10) as response:  # noqa: S310 - our own server
            return str(response.read().decode())

    def end(self, how: signal.Signals = signal.SIGTERM, within: float = 20) -> int:
        """Send a signal and return the exit status."""
        self.process.send_signal(how)
        return self.process.wait(within)
