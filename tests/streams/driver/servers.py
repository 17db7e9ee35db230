"""Servers that tests may kill and let hang."""

from pathlib import Path
from typing import TYPE_CHECKING

from streams.local.record import Record
from streams.local.services import LocalServices, Name
from streams.settings import Settings

if TYPE_CHECKING:
    import psutil


class Servers:
    """A Kafka and a Redis that nobody else uses, so that they can be killed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._services = LocalServices(Settings(), folder)
        self._hanging: list[psutil.Process] = []
        self.addresses = self._services.up(print)

    def kill(self, name: Name) -> None:
        """End one by SIGKILL."""
        self._services.kill(name)

    def hang(self, name: Name) -> None:
        """Let one keep its connections and answer nothing."""
        process = Record(self._folder).read()[name].process
        assert process is not None
        process.suspend()
        self._hanging.append(process)

    def mend(self) -> None:
        """Have both as they were."""
        while self._hanging:
            self._hanging.pop().resume()
        self._services.up(print)

    def down(self) -> None:
        """End both."""
        while self._hanging:
            self._hanging.pop().resume()
        self._services.down(print)
