"""SIGTERM ends a worker in the stated time, whichever server is dead or hangs."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from streams.local.services import Name
from streams.settings import Settings
from streams.topics import create_topics
from tests.bus import Bus
from tests.makers import wait_until, wire
from tests.streams.driver.servers import Servers
from tests.workers import Worker

GRACE = 3.0
"""What a busy machine may add to the stated time."""


@pytest.fixture
def alone(servers: Servers, tmp_path: Path, rules: Path) -> Iterator[tuple[Worker, Settings]]:
    """A worker at work on servers that may be taken from it."""
    where = {"kafka": servers.addresses.kafka, "redis": SecretStr(servers.addresses.redis)}
    prefix = {"kafka_prefix": f"{tmp_path.name}.", "group": tmp_path.name}
    settings = Settings(**where, **prefix, rules=rules, home=tmp_path, metrics_port=0, batch_max=20)  # type: ignore[arg-type]
    create_topics(settings, servers.addresses.kafka)
    worker = Worker(settings)
    try:
        worker.started()
        yield worker, settings
    finally:
        worker.process.kill()
        worker.process.wait()


Take = Callable[[Servers, Name], None]


@pytest.mark.parametrize("name", ["kafka", "redis"])
@pytest.mark.parametrize("take", [Servers.kill, Servers.hang], ids=["dead", "hanging"])
def test_sigterm_ends_a_worker_in_time_without_a_server(
    servers: Servers, alone: tuple[Worker, Settings], take: Take, name: Name
) -> None:
    worker, settings = alone
    bus = Bus(settings)
    bus.put(*(wire(body=f"Russia and North Korea were named in note {n}.") for n in range(2_000)))
    wait_until(lambda: 0 < bus.lag() < 1_900)
    take(servers, name)
    begun = time.monotonic()
    worker.end(within=settings.shutdown_timeout + 20)
    assert time.monotonic() - begun < settings.shutdown_timeout + GRACE


def test_sigterm_with_a_batch_in_flight_finishes_it(alone: tuple[Worker, Settings]) -> None:
    worker, settings = alone
    bus, count = Bus(settings), 2_000
    bus.put(*(wire(id=f"a{n}", body=f"Russia and North Korea were named in note {n}.") for n in range(count)))
    wait_until(lambda: 0 < bus.lag() < 0.9 * count)
    begun = time.monotonic()
    assert worker.end() == 0
    assert time.monotonic() - begun < settings.shutdown_timeout + GRACE
    assert 0 < bus.lag() < count, "it was done before it could be told to end"
    assert len(bus.values(bus.topics.tagged)) == count - bus.lag()
