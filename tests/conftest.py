"""Real servers for every test that needs them, started by the same code as `marsad local up`."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from processors.keys import Keys
from processors.tagging import Tagger
from streams.local.services import Addresses, LocalServices
from streams.servers import redis_client
from streams.settings import Settings
from streams.topics import create_topics
from streams.wiring import load_tagger


@pytest.fixture(scope="session")
def tagger() -> Tagger:
    """The catalogue that comes with Marsad, at work."""
    return load_tagger(Settings())


@pytest.fixture(scope="session")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalServices]:
    """A Kafka and a Redis for this run of the tests."""
    services = LocalServices(Settings(), tmp_path_factory.mktemp("local"))
    try:
        services.up(print)
        yield services
    finally:
        services.down(print)


@pytest.fixture(scope="session")
def addresses(local: LocalServices) -> Addresses:
    """Where they listen."""
    return local.up(print)


@pytest.fixture
def settings(addresses: Addresses, tmp_path: Path) -> Settings:
    """Settings of one test: the shared servers, but Kafka topics, Redis keys and a group of its own."""
    name = f"t{uuid4().hex[:8]}"
    (tmp_path / "compiled").symlink_to(Settings().home / "compiled")  # the catalogue is compiled once for all tests
    return Settings(
        kafka=addresses.kafka,
        redis=addresses.redis,
        kafka_prefix=f"{name}.",
        redis_prefix=f"{name}:",
        group=name,
        home=tmp_path,
        metrics_port=0,
        kafka_partitions=2,
    )


@pytest.fixture
def kafka_topics(settings: Settings, addresses: Addresses) -> None:
    """The Kafka topics of one test."""
    create_topics(settings, addresses.kafka)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """The event loop that Marsad runs on."""
    return "asyncio"


@pytest.fixture
async def redis(settings: Settings, addresses: Addresses) -> AsyncIterator[Redis]:
    """A client of the shared Redis."""
    async with redis_client(settings, addresses.redis) as client:
        yield client


@pytest.fixture
def keys(settings: Settings) -> Keys:
    """The Redis keys of one test."""
    return Keys(settings.redis_prefix)
