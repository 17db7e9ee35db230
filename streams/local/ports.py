"""Free ports of this machine."""

import secrets
import socket
from collections.abc import Iterator
from contextlib import ExitStack

from processors.errors import ServiceError

RANGE = range(20_000, 32_768)
"""Below the ports that systems give to outgoing connections, so that ours are still free at the next start."""
TRIES = 50


def choose_ports(wanted: list[int], count: int) -> list[int]:
    """Return the wanted ports of 127.0.0.1 where they are free, others where they are not; raise ServiceError."""
    with ExitStack() as held:
        holders = [held.enter_context(_hold(port)) for port in [*wanted, *[0] * count][:count]]
        return [holder.getsockname()[1] for holder in holders]


def _hold(wanted: int) -> socket.socket:
    problem = OSError()
    for port in _candidates(wanted):
        holder = socket.socket()
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            holder.bind(("127.0.0.1", port))
        except OSError as error:
            holder.close()
            problem = error
        else:
            return holder
    message = f"no free port on 127.0.0.1: {problem.strerror}; end what holds them (`ss -ltnp` lists them)"
    raise ServiceError(message) from problem


def _candidates(wanted: int) -> Iterator[int]:
    if wanted:
        yield wanted
    for _ in range(TRIES):
        yield secrets.choice(RANGE)
    yield 0  # whichever the system gives
