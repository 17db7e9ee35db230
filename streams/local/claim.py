"""One server a folder: a lock that the server inherits and so holds to its end, whatever the record says."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from processors.errors import ServiceError

CLAIM_SECONDS = 5.0
"""How long what a killed server left behind, such as a Redis child that saves, may still hold the folder."""
POLL_SECONDS = 0.05


@contextmanager
def claimed(folder: Path) -> Iterator[int]:
    """Lock `folder` for the process that is started with this file descriptor; raise ServiceError when it is taken."""
    deadline = time.monotonic() + CLAIM_SECONDS
    with (folder / "lock").open("wb") as lock:
        while not _take(lock.fileno()):
            if time.monotonic() > deadline:
                message = f"{folder}: {_users(folder)} already runs there; end it, then run `marsad local up` again"
                raise ServiceError(message)
            time.sleep(POLL_SECONDS)
        yield lock.fileno()


def _take(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _users(folder: Path) -> str:
    at_home = [process.pid for process in psutil.process_iter(["cwd"]) if process.info["cwd"] == str(folder)]
    return f"process {', '.join(map(str, at_home))}" if at_home else "another process"
