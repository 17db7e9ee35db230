"""A Redis for one command."""

from pathlib import Path

import psutil
import pytest

from processors.errors import ServiceError
from streams.local.private import client, private_redis


def at_home(folder: Path) -> list[psutil.Process]:
    return [p for p in psutil.process_iter(["cwd"]) if p.info["cwd"] == str(folder)]


@pytest.mark.anyio
async def test_it_answers_by_a_socket_alone_and_nothing_of_it_is_left() -> None:
    with private_redis() as socket:
        async with client(socket) as redis:
            assert await redis.config_get("port") == {"port": "0"}
            assert await redis.config_get("appendonly") == {"appendonly": "no"}
        assert len(at_home(socket.parent)) == 1
    assert not socket.parent.exists()
    assert at_home(socket.parent) == []


def test_one_that_cannot_start_is_told_with_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "redis-server"
    script.write_text(
        "#!/bin/sh\n[ \"$1\" = --version ] && echo 'Redis v=7.0.0' && exit\necho no luck > redis.log; exit 1\n"
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(ServiceError, match="no luck"), private_redis():
        pytest.fail("it started")
