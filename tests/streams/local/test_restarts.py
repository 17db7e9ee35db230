"""What is up again after a crash, a restart, or with its port gone."""

import os
import socket
from contextlib import ExitStack
from pathlib import Path

from streams.local.services import LocalServices
from tests.streams.local.clients import create_news, get_redis, put_redis, read_first, send
from tests.streams.local.conftest import say


def test_servers_whose_ports_were_taken_move_and_keep_their_data(services: LocalServices) -> None:
    before = services.up(say)
    put_redis(before.redis)
    create_news(before.kafka)
    send(before.kafka, b"kept")
    services.down(say)

    with ExitStack() as taken:
        for port in (port_of(before.kafka), port_of(before.redis)):
            taken.enter_context(socket.create_server(("127.0.0.1", port)))
        after = services.up(say)
        assert {port_of(after.kafka), port_of(after.redis)}.isdisjoint({port_of(before.kafka), port_of(before.redis)})
        assert get_redis(after.redis) == b"kept"
        assert read_first(after.kafka) == b"kept"


def test_a_killed_kafka_comes_back_with_what_it_had_acknowledged(services: LocalServices) -> None:
    addresses = services.up(say)
    create_news(addresses.kafka)
    send(addresses.kafka, b"kept")
    services.kill("kafka")
    assert services.up(say) == addresses
    assert read_first(addresses.kafka) == b"kept"


def test_a_restart_is_of_one_server_at_its_address(services: LocalServices) -> None:
    addresses = services.up(say)
    before = services.status()
    put_redis(addresses.redis)
    assert services.restart("redis", say) == addresses
    after = services.status()
    assert after.kafka == before.kafka
    assert after.redis.pid != before.redis.pid
    assert get_redis(addresses.redis) == b"kept"


def test_servers_outlive_the_terminal_that_started_them(services: LocalServices, folder: Path) -> None:
    services.up(say)
    status = services.status()
    for server in (status.kafka, status.redis):
        assert server.pid is not None
        assert os.getsid(server.pid) == server.pid
        assert Path(f"/proc/{server.pid}/fd/0").resolve() == Path("/dev/null")
        assert Path(server.log or "").parent == folder


def port_of(address: str) -> int:
    return int(address.removesuffix("/0").rpartition(":")[2])
