"""Clients of Kafka that leave nothing behind when they cannot start, and say so when Kafka refuses."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from aiokafka.errors import GroupAuthorizationFailedError

from processors.errors import ServiceError
from streams.publisher import REFUSALS


class Client(Protocol):
    """A consumer or a producer of aiokafka."""

    async def start(self) -> None:
        """Connect."""

    async def stop(self) -> None:
        """Disconnect."""


C = TypeVar("C", bound=Client)


async def started(client: C) -> C:
    """Return a client once it is connected; one that cannot is let go."""
    try:
        with refusals_told():
            await client.start()
    except BaseException:
        await client.stop()
        raise
    return client


@contextmanager
def refusals_told() -> Iterator[None]:
    """Raise ServiceError for what no waiting mends."""
    try:
        yield
    except (*REFUSALS, GroupAuthorizationFailedError) as error:
        message = f"Kafka refuses the notifier: {error}; see the rights of its user on topics and groups"
        raise ServiceError(message) from error
