"""Waiting for servers: what fails because one is away is tried again until it is back."""

from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import stamina
from redis.exceptions import BusyLoadingError, ConnectionError, OutOfMemoryError, ReadOnlyError, TimeoutError  # noqa: A004 - Redis's own

Result = TypeVar("Result")
REDIS_AWAY: Final = (BusyLoadingError, ConnectionError, OutOfMemoryError, ReadOnlyError, TimeoutError, OSError)


async def until_back(
    operation: Callable[[], Awaitable[Result]],
    away: tuple[type[Exception], ...],
    failed: Callable[[Exception], None],
) -> Result:
    """Call `operation` until the server it needs answers; `failed` is told of each failure."""
    async for attempt in stamina.retry_context(on=away, attempts=None, timeout=None, wait_initial=0.1, wait_max=5.0):
        with attempt:
            try:
                return await operation()
            except away as error:
                failed(error)
                raise
    message = "retrying without end has ended"
    raise AssertionError(message)
