"""What a worker says of a Redis that forgets."""

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from processors.errors import ServiceError
from streams.durability import check_redis


@pytest.fixture
async def lax(redis: Redis) -> AsyncIterator[Redis]:
    """A Redis whose settings are put back after the test."""
    yield redis
    await redis.config_set("appendfsync", "always")
    await redis.config_set("maxmemory-policy", "noeviction")


@pytest.mark.anyio
async def test_the_local_redis_keeps_everything(redis: Redis) -> None:
    assert await check_redis(redis) == []


@pytest.mark.anyio
async def test_a_redis_that_syncs_now_and_then_is_told(lax: Redis) -> None:
    await lax.config_set("appendfsync", "everysec")
    (warning,) = await check_redis(lax)
    assert "about a second" in warning


@pytest.mark.anyio
async def test_a_redis_that_evicts_is_refused(lax: Redis) -> None:
    await lax.config_set("maxmemory-policy", "allkeys-lru")
    with pytest.raises(ServiceError, match="noeviction"):
        await check_redis(lax)
