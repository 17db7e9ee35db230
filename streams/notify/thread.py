"""Blocking calls that may hang, kept from the event loop, from each other and from the end of the process."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar

Returned = TypeVar("Returned")


class StillBusyError(Exception):
    """The call before has not come back yet."""


class OneThread:
    """Runs one call at a time, each in a daemon thread; one that hangs is left behind."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._thread: threading.Thread | None = None

    async def run(self, call: Callable[[], Returned]) -> Returned:
        """Return what `call` returns or raise what it raises; raise StillBusyError while another runs."""
        if self._thread is not None and self._thread.is_alive():
            raise StillBusyError
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Returned] = loop.create_future()

        def work() -> None:
            try:
                returned = call()
            except Exception as error:  # noqa: BLE001 - it is raised where it is awaited
                _tell(loop, future, partial(future.set_exception, error))
            else:
                _tell(loop, future, partial(future.set_result, returned))

        self._thread = threading.Thread(target=work, name=self._name, daemon=True)
        self._thread.start()
        return await future


def _tell(loop: asyncio.AbstractEventLoop, future: asyncio.Future[Returned], how: Callable[[], None]) -> None:
    with suppress(RuntimeError):  # the loop has ended, nobody waits
        loop.call_soon_threadsafe(lambda: None if future.done() else how())
