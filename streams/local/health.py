"""Whether the servers are well, and whether the machine has room for them."""

import shutil
import time
from pathlib import Path

import psutil

from processors.errors import ServiceError
from streams.local.kafka import kafka_is_well
from streams.local.process import Started, tail
from streams.local.redis import redis_is_well
from streams.settings import MIB

START_SECONDS = 120.0
POLL_SECONDS = 0.05
NEEDED_MEMORY = {"kafka": 768 * MIB, "redis": 64 * MIB}
NEEDED_DISK = 512 * MIB
IS_WELL = {"kafka": kafka_is_well, "redis": redis_is_well}


def await_well(name: str, started: Started) -> None:
    """Return once the server is well; raise ServiceError when it ended or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while not IS_WELL[name](started.ports[0]):
        if started.process is None:
            raise ServiceError(_problem(name, started, "ended while it was starting"))
        if time.monotonic() > deadline:
            problem = f"does not answer on {started.address} after {START_SECONDS:.0f} s"
            raise ServiceError(_problem(name, started, problem))
        time.sleep(POLL_SECONDS)


def check_room(names: list[str], folder: Path) -> None:
    """Raise ServiceError when the machine lacks the memory or the disk space to start these servers."""
    memory, needed = psutil.virtual_memory().available, sum(NEEDED_MEMORY[name] for name in names)
    if memory < needed:
        message = (
            f"{' and '.join(names)} need {needed // MIB} MiB of memory, {memory // MIB} MiB are free; "
            "end something, or set MARSAD_KAFKA and MARSAD_REDIS to servers elsewhere"
        )
        raise ServiceError(message)
    disk = shutil.disk_usage(folder).free
    if names and disk < NEEDED_DISK:
        message = (
            f"{folder}: {disk // MIB} MiB are free, {NEEDED_DISK // MIB} MiB are needed; "
            "make room, or set MARSAD_HOME to a folder on another disk"
        )
        raise ServiceError(message)


def _problem(name: str, started: Started, problem: str) -> str:
    log = Path(started.log)
    return (
        f"{name} {problem}; its log {log} ends with:\n{tail(log)}\n"
        "Mend what it says there, then `marsad local down` and `marsad local up`."
    )
