"""The servers' processes: started detached, known again, ended."""

import os
import signal
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

import msgspec
import psutil

from processors.errors import ServiceError
from streams.local.claim import claimed

SAME_START = 2.0
"""Seconds: processes of one id whose births are nearer than this are one process."""
END_SECONDS = 30.0
TAIL_LINES = 12
TAIL_BYTES = 8192


@dataclass(frozen=True)
class Launch:
    """How a server is started: what to run, in which folder, on how many ports."""

    name: str
    command: list[str]
    folder: Path
    ports: int
    configure: Callable[[list[int]], None]


class Started(msgspec.Struct, frozen=True):
    """A server that was started; its birth, in seconds since boot, tells it from a stranger with its process id."""

    pid: int | None
    born: float
    ports: list[int]
    address: str
    log: str

    @property
    def process(self) -> psutil.Process | None:
        """Return its process while it lives."""
        try:
            process = psutil.Process(self.pid) if self.pid else None
            if process is None or process.status() == psutil.STATUS_ZOMBIE:
                return None
            return process if abs(birth(process) - self.born) < SAME_START else None
        except psutil.NoSuchProcess:
            return None


def spawn(launch: Launch, log: Path) -> tuple[int, float]:
    """Start the server in a session of its own; return its id and birth; raise ServiceError."""
    with claimed(launch.folder) as claim, _fresh(log) as output:
        try:
            child = subprocess.Popen(
                launch.command, cwd=launch.folder,
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
                pass_fds=[claim],
            )  # fmt: skip
        except OSError as error:
            message = f"{launch.name} cannot be started: {launch.command[0]}: {error.strerror}"
            raise ServiceError(message) from error
    child.returncode = 0  # it outlives us on purpose: Popen need not warn of it
    return child.pid, birth(psutil.Process(child.pid))


def birth(process: psutil.Process) -> float:
    """Return when a process began, in seconds since boot: a clock that is set does not move it."""
    return process.create_time() - psutil.boot_time()


def end(started: Started, seconds: float = END_SECONDS) -> bool:
    """End a server by SIGTERM, by SIGKILL when it takes too long; return whether it ended by itself."""
    process = started.process
    if process is None:
        return True
    process.terminate()
    try:
        process.wait(seconds)
    except psutil.TimeoutExpired:
        destroy(started)
        return False
    return True


def destroy(started: Started) -> None:
    """End a server by SIGKILL."""
    process = started.process
    if process is not None:
        process.send_signal(signal.SIGKILL)
        process.wait(END_SECONDS)


def _fresh(log: Path) -> IO[bytes]:
    if log.exists():
        log.replace(log.with_suffix(".log.old"))
    return log.open("wb")


def tail(log: Path) -> str:
    """Return the last lines of a log file."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - TAIL_BYTES))
            lines = file.read().decode(errors="replace").splitlines()
    except OSError as error:
        return f"  ({error.strerror})"
    return "\n".join(f"  {line}" for line in lines[-TAIL_LINES:]) or "  (it is empty)"


def replace_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, also when the machine stops in between."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}-", delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
