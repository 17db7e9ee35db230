"""The local services as one: both up, both down, or what is wrong with which."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Literal

import msgspec

from streams.local.process import Started, end
from streams.settings import MIB, Settings

Report = Callable[[str], None]
Name = Literal["kafka", "redis"]
NAMES: tuple[Name, ...] = ("redis", "kafka")
ADDRESS = {"kafka": "127.0.0.1:{}", "redis": "redis://127.0.0.1:{}/0"}
START_SECONDS = 120.0
POLL_SECONDS = 0.05
NEEDED_MEMORY = 768 * MIB
NEEDED_DISK = 512 * MIB


class Addresses(msgspec.Struct, frozen=True):
    """Where the local services listen."""

    kafka: str
    redis: str


class State(StrEnum):
    """How a server is."""

    RUNNING = "running"
    SILENT = "silent"
    DIED = "died"
    STOPPED = "stopped"


class ServerStatus(msgspec.Struct, frozen=True):
    """How one server is, and where."""

    state: State
    pid: int | None = None
    address: str | None = None
    log: str | None = None


class Status(msgspec.Struct, frozen=True):
    """How both are."""

    kafka: ServerStatus
    redis: ServerStatus
    folder: str


class _Record(msgspec.Struct, frozen=True):
    """What `services.json` remembers: the servers, and since when they are meant to be down."""

    servers: dict[str, Started] = {}
    stopped: bool = False


class LocalServices:
    """A Kafka and a Redis of one's own, with their data in one folder."""

    def __init__(self, settings: Settings, folder: Path | None = None) -> None:
        self._settings = settings
        self._folder = (folder or settings.home / "local").resolve()

    def up(self, report: Report) -> Addresses:
        """Start what does not run and return once both are well; raise ServiceError."""
        self._make_folder()
        with self._alone(report):
            known = _read(self._folder).servers
            missing = [name for name in NAMES if not (name in known and known[name].process)]
            fresh: list[Started] = []
            try:
                for launch in [self._prepare(name, report) for name in missing]:
                    fresh.append(self._start(launch, report))
                self._await(report)
            except BaseException:
                for started in fresh:
                    end(started)
                raise
        return _addresses(_read(self._folder))

    def down(self, report: Report) -> None:
        """End both; their data stays."""
        if not (self._folder / "services.json").exists():
            report("the local services are not running")
            return
        with self._alone(report):
            record = _read(self._folder)
            for name, started in record.servers.items():
                running = started.process is not None
                clean = end(started)
                report(f"{name}: {'ended' if running else 'was not running'}" + ("" if clean else ", by force"))
            self._write(msgspec.structs.replace(record, stopped=True))
