"""Both servers, for real."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from kafka.errors import MessageSizeTooLargeError
from redis import Redis

from processors.errors import ServiceError
from streams.local.maven import kafka_jars
from streams.local.services import LocalServices, State, find_running
from streams.settings import Settings
from tests.streams.local.clients import create_news, get_redis, put_redis, read_first, send
from tests.streams.local.conftest import say


def test_data_and_ports_survive_down_and_up(services: LocalServices, folder: Path) -> None:
    before = services.up(say)
    assert find_running(folder) == before
    assert services.status().running
    put_redis(before.redis)
    create_news(before.kafka)
    send(before.kafka, b"kept")

    services.down(say)
    assert find_running(folder) is None
    status = services.status()
    assert (status.kafka.state, status.redis.state) == (State.STOPPED, State.STOPPED)

    assert services.up(say) == before
    assert get_redis(before.redis) == b"kept"
    assert read_first(before.kafka) == b"kept"


def test_a_second_up_changes_nothing_and_a_dead_server_alone_is_started_again(services: LocalServices) -> None:
    addresses = services.up(say)
    first = services.status()
    assert services.up(say) == addresses
    assert services.status() == first
    put_redis(addresses.redis)

    services.kill("redis")
    killed = services.status()
    assert (killed.kafka, killed.redis.state) == (first.kafka, State.DIED)

    assert services.up(say) == addresses
    again = services.status()
    assert again.kafka == first.kafka
    assert again.redis.state is State.RUNNING
    assert again.redis.pid != first.redis.pid
    assert get_redis(addresses.redis) == b"kept"


def test_redis_writes_through_and_never_evicts(services: LocalServices) -> None:
    wanted = {
        "appendonly": "yes",
        "appendfsync": "always",
        "maxmemory-policy": "noeviction",
        "save": "",
        "bind": "127.0.0.1",
    }
    with Redis.from_url(services.up(say).redis, decode_responses=True) as redis:
        assert {name: redis.config_get(name)[name] for name in wanted} == wanted


def test_two_ups_at_once_start_one_of_each(services: LocalServices, folder: Path) -> None:
    other = LocalServices(Settings(), folder)
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda local: local.up(say), [services, other])
    assert first == second
    assert services.status().running
    assert len(processes_below(folder)) == 2


def test_kafka_takes_the_largest_article_and_no_more(services: LocalServices) -> None:
    brokers = services.up(say).kafka
    create_news(brokers)
    largest = Settings().article_max_bytes
    send(brokers, os.urandom(largest))
    with pytest.raises(MessageSizeTooLargeError):
        send(brokers, os.urandom(largest + 65 * 1024))


def test_once_cached_nothing_is_asked_of_the_network(tmp_path: Path, folder: Path) -> None:
    cached = kafka_jars(Settings(), say)
    settings = Settings(home=tmp_path, maven_repository="http://127.0.0.1:9")
    index = tmp_path / f"kafka-{settings.kafka_version}.json"
    index.write_text("[" + ",".join(f'"{jar}"' for jar in cached) + "]")
    local = LocalServices(settings, folder)
    try:
        assert local.up(say) == find_running(folder)
    finally:
        local.down(say)


def test_a_server_that_does_not_listen_to_sigterm_is_ended_all_the_same(
    services: LocalServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.up(say)
    pid = services.status().redis.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    monkeypatch.setattr("streams.local.process.end.__defaults__", (0.5,))
    said: list[str] = []
    services.down(said.append)
    assert said[0] == "redis: ended, by force"
    assert services.status().redis.state is State.STOPPED


def test_when_one_cannot_start_the_other_is_ended_too(services: LocalServices, folder: Path) -> None:
    spoilt = folder / "kafka" / "data" / "meta.properties"
    spoilt.parent.mkdir(parents=True)
    spoilt.write_text("version=9\n")
    with pytest.raises(ServiceError, match=f"kafka ended while it was starting; its log {folder / 'kafka.log'}"):
        services.up(say)
    status = services.status()
    assert (status.kafka.state, status.redis.state) == (State.DIED, State.STOPPED)
    assert not processes_below(folder)


def processes_below(folder: Path) -> list[psutil.Process]:
    children = [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE]
    return [child for child in children if folder in Path(child.cwd()).parents]
