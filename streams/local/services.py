"""The local services as one: up, down, and how they are."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Final, Literal

import msgspec

from streams.local.process import Launch, Started, destroy, end, spawn
from streams.local.record import Record
from streams.settings import Settings

Report = Callable[[str], None]
Name = Literal["kafka", "redis"]
NAMES: Final[tuple[Name, ...]] = ("redis", "kafka")
ADDRESS: Final = {"kafka": "127.0.0.1:{}", "redis": "redis://127.0.0.1:{}/0"}


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
    """How both are, and the folder of their data."""

    kafka: ServerStatus
    redis: ServerStatus
    folder: str

    @property
    def running(self) -> bool:
        """Tell whether both are running."""
        return self.kafka.state == self.redis.state == State.RUNNING


def find_running(folder: Path) -> Addresses | None:
    """Return where the local services listen while both run."""
    servers = Record(folder).read()
    if not all(name in servers and servers[name].process for name in NAMES):
        return None
    return Addresses(kafka=servers["kafka"].address, redis=servers["redis"].address)


class LocalServices:
    """A Kafka and a Redis of one's own, with their data in one folder."""

    def __init__(self, settings: Settings, folder: Path | None = None) -> None:
        self._settings = settings
        self._folder = (folder or settings.home / "local").resolve()
        self._record = Record(self._folder)

    def up(self, report: Report) -> Addresses:
        """Start what does not run and return once both are well; raise ServiceError."""
        from streams.local.health import await_well, check_room

        with self._record.alone(report):
            missing = self._missing()
            check_room(list(missing), self._folder)
            launches = [self._prepare(name, report) for name in missing]
            try:
                for launch in launches:
                    self._start(launch, report)
                for name, started in self._record.read().items():
                    await_well(name, started)
                    report(f"{name}: running on {started.address}")
            except BaseException:
                self._end(missing)
                raise
            servers = self._record.read()
        return Addresses(kafka=servers["kafka"].address, redis=servers["redis"].address)

    def down(self, report: Report) -> None:
        """End both and keep their data; raise ServiceError."""
        if not self._record.read():
            report("the local services were not running")
            return
        with self._record.alone(report):
            for name, started in self._record.read().items():
                ran = started.process is not None
                clean = end(started)
                self._record.put(name, msgspec.structs.replace(started, pid=None))
                report(f"{name}: {'ended' if ran else 'was not running'}{'' if clean else ', by force'}")

    def status(self) -> Status:
        """Return how both are."""
        servers = self._record.read()
        kafka, redis = (_status(name, servers.get(name)) for name in ("kafka", "redis"))
        return Status(kafka=kafka, redis=redis, folder=str(self._folder))

    def kill(self, name: Name) -> None:
        """End one server by SIGKILL, as a crash would."""
        destroy(self._record.read()[name])

    def restart(self, name: Name, report: Report) -> Addresses:
        """End one server and start it again, on the same port when it is free; raise ServiceError."""
        end(self._record.read()[name])
        return self.up(report)

    def _end(self, names: list[Name]) -> None:
        for name, started in self._record.read().items():
            if name in names and started.process:
                end(started)
                self._record.put(name, msgspec.structs.replace(started, pid=None))

    def _missing(self) -> list[Name]:
        servers = self._record.read()
        return [name for name in NAMES if not (name in servers and servers[name].process)]

    def _prepare(self, name: Name, report: Report) -> Launch:
        from streams.local.kafka import prepare_kafka
        from streams.local.redis import prepare_redis

        folder = self._folder / name
        folder.mkdir(exist_ok=True)
        return prepare_kafka(self._settings, folder, report) if name == "kafka" else prepare_redis(folder)

    def _start(self, launch: Launch, report: Report) -> Started:
        from streams.local.ports import choose_ports

        before = self._record.read().get(launch.name)
        ports = choose_ports(before.ports if before else [], launch.ports)
        launch.configure(ports)
        report(f"{launch.name}: starting")
        log = self._folder / f"{launch.name}.log"
        pid, born = spawn(launch, log)
        address = ADDRESS[launch.name].format(ports[0])
        started = Started(pid=pid, born=born, ports=ports, address=address, log=str(log))
        self._record.put(launch.name, started)
        return started


def _status(name: Name, started: Started | None) -> ServerStatus:
    from streams.local.health import IS_WELL

    if started is None:
        return ServerStatus(State.STOPPED)
    if started.process is not None:
        state = State.RUNNING if IS_WELL[name](started.ports[0]) else State.SILENT
    else:
        state = State.DIED if started.pid else State.STOPPED
    pid = started.pid if state in {State.RUNNING, State.SILENT} else None
    return ServerStatus(state, pid, started.address, started.log)
