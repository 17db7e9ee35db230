"""The servers' processes: started detached, known again, ended."""

import os
import signal
import socket
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

import msgspec
import psutil

from processors.errors import ServiceError

SAME_START = 2.0
"""Seconds: create times nearer than this are one process; a corrected clock moves them a little."""
END_SECONDS = 30.0
TAIL_LINES = 12
TAIL_BYTES = 8192


@dataclass(frozen=True)
class Launch:
    """How a server is started: what to run, where, on how many ports, and how to see that it is well."""

    name: str
    command: list[str]
    folder: Path
    ports: int
    configure: Callable[[list[int]], None]
    is_well: Callable[[int], bool]


class Started(msgspec.Struct, frozen=True):
    """A server that was started; the create time tells it from one that took its id."""

    pid: int
    created: float
    ports: list[int]
    address: str
    log: str

    @property
    def process(self) -> psutil.Process | None:
        """Return its process while it lives."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.created) < SAME_START
            return process if same and process.status() != psutil.STATUS_ZOMBIE else None
        except psutil.NoSuchProcess:
            return None


def spawn(launch: Launch, log: Path) -> tuple[int, float]:
    """Start the server in a session of its own; return its id and create time; raise ServiceError."""
    with log.open("ab") as output:
        try:
            child = subprocess.Popen(
                launch.command, cwd=launch.folder,
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            message = f"{launch.name} cannot be started: {launch.command[0]}: {error.strerror}"
            raise ServiceError(message) from error
    child.returncode = 0  # it outlives us on purpose: Popen need not warn of it
    try:
        return child.pid, psutil.Process(child.pid).create_time()
    except psutil.NoSuchProcess:
        message = f"{launch.name} ended at once; {log} ends with:\n{tail(log)}"
        raise ServiceError(message) from None


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


def choose_ports(wanted: list[int], count: int) -> list[int]:
    """Return the wanted ports of 127.0.0.1 where they are free, others where they are not; raise ServiceError."""
    holders = []
    try:
        for number in range(count):
            holders.append(_hold(wanted[number] if number < len(wanted) else 0))
        return [holder.getsockname()[1] for holder in holders]
    except OSError as error:
        message = f"127.0.0.1 has no free port: {error.strerror}; end what holds them (`ss -ltnp` tells)"
        raise ServiceError(message) from error
    finally:
        for holder in holders:
            holder.close()


def _hold(port: int) -> socket.socket:
    holder = socket.socket()
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        holder.bind(("127.0.0.1", port))
    except OSError:
        holder.close()
        if port == 0:
            raise
        return _hold(0)
    return holder


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
