"""How far a download is: a bar on a terminal, a line now and then elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from streams.settings import MIB

LINES = 5
"""How often a download without a bar says how far it is."""


class DownloadProgress:
    """Counts the bytes of all files together."""

    def __init__(self, bar: Progress, report: Callable[[str], None]) -> None:
        self._bar = bar
        self._report = report
        self._task = bar.add_task("reading what Kafka is made of", total=None)
        self._total = self._done = 0

    def expect(self, files: int, total: int) -> None:
        """Begin anew, now for `files` of `total` bytes together."""
        self._total, self._done = total, 0
        self._bar.reset(self._task, total=total, description=f"{files} jars")

    @contextmanager
    def of_file(self, _name: str, _size: int) -> Iterator[Callable[[int], None]]:
        """Give the function that a download calls with the number of bytes that came."""
        yield self._advance

    def _advance(self, count: int) -> None:
        before, self._done = self._done, self._done + count
        self._bar.advance(self._task, count)
        if self._bar.disable and self._part(before) < self._part(self._done):
            self._report(f"{self._done / MIB:.0f} of {self._total / MIB:.0f} MiB are here")

    def _part(self, count: int) -> int:
        return count * LINES // self._total if self._total else 0


@contextmanager
def showing_progress(report: Callable[[str], None]) -> Iterator[DownloadProgress]:
    """Show a bar where the errors go, while that is a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(binary_units=True), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield DownloadProgress(bar, report)
