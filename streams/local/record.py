"""`services.json`: which servers were started in a folder, and who may change that now."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from processors.errors import ServiceError
from streams.local.process import Started, replace_file


class Record:
    """The servers that were started in one folder, by name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "services.json"

    def read(self) -> dict[str, Started]:
        """Return the servers; none before the first start; raise ServiceError when the file is spoilt."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, Started])
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            message = f"{self._path}: cannot be read: {error}; end the servers it names by hand and remove it"
            raise ServiceError(message) from error

    def put(self, name: str, started: Started) -> None:
        """Remember one server."""
        replace_file(self._path, msgspec.json.encode(self.read() | {name: started}))

    @contextmanager
    def alone(self, report: Callable[[str], None]) -> Iterator[None]:
        """Keep every other `up` and `down` in this folder out; what the disk refuses is a ServiceError."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with (self._folder / "lock").open("wb") as lock:
                _take(lock.fileno(), report)
                yield
        except OSError as error:
            message = f"{error.filename or self._folder}: {error.strerror or error}; MARSAD_HOME sets the folder"
            raise ServiceError(message) from error


def _take(lock: int, report: Callable[[str], None]) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        report("another `marsad local` is at work in this folder; waiting for it")
        fcntl.flock(lock, fcntl.LOCK_EX)
