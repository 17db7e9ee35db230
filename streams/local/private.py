"""A Redis for one command: nobody else can reach it, and nothing of it is left."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from redis.asyncio import Redis

from processors.errors import ServiceError
from streams.local.process import tail
from streams.local.redis import find_redis

START_SECONDS = 30.0
POLL_SECONDS = 0.01
_CONFIG = 'port 0\nunixsocket redis.sock\nunixsocketperm 700\nlogfile redis.log\nsave ""\nappendonly no\n'


@contextmanager
def private_redis() -> Iterator[Path]:
    """Give the socket of a Redis that ends with the block; raise ServiceError."""
    server = find_redis()
    with TemporaryDirectory(prefix="marsad-") as name:
        folder = Path(name)
        (folder / "redis.conf").write_text(_CONFIG)
        command = [str(server), "redis.conf"]
        with subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
            try:
                yield _socket(folder, process)
            finally:
                process.kill()


def client(socket: Path) -> Redis:
    """Return a client of a private Redis, which may take as long as it likes."""
    return Redis(unix_socket_path=str(socket))


def _socket(folder: Path, process: "subprocess.Popen[bytes]") -> Path:
    socket, deadline = folder / "redis.sock", time.monotonic() + START_SECONDS
    while not socket.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            message = f"a private Redis could not be started; its log ends with:\n{tail(folder / 'redis.log')}"
            raise ServiceError(message)
        time.sleep(POLL_SECONDS)
    return socket
