"""Scripts on a real Redis."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from redis.asyncio import Redis
from redis.exceptions import BusyLoadingError, ResponseError

from processors.counts import Counted, CountStore, ToCount
from processors.keys import Keys
from processors.scripts import run
from processors.tagging import Tagger
from streams.local.services import Addresses
from streams.servers import redis_client
from streams.settings import Settings
from tests.makers import make_article


@pytest.mark.anyio
async def test_a_redis_that_forgot_the_scripts_is_given_them_again(redis: Redis, keys: Keys, tagger: Tagger) -> None:
    store, item = CountStore(redis, keys, 3600, 86400), ToCount(tagger.tag(make_article()), "s1")
    assert await store.add([item]) == [Counted.NEW]
    await redis.script_flush()
    assert await store.add([item]) == [Counted.DUPLICATE]


@pytest.mark.anyio
async def test_nothing_to_run_asks_nothing(redis: Redis) -> None:
    before = (await redis.info("stats"))["total_commands_processed"]
    assert await run(redis, []) == []
    assert (await redis.info("stats"))["total_commands_processed"] - before <= 1


@pytest.fixture
async def busy(redis: Redis, settings: Settings, addresses: Addresses) -> AsyncIterator[None]:
    """A Redis whose script takes longer than it lets scripts take."""
    await redis.config_set("lua-time-limit", 10)
    async with redis_client(settings, addresses.redis) as other:
        script = asyncio.ensure_future(other.eval("while true do end", 0))
        while not await _refuses(redis):
            pass
        yield
        await redis.script_kill()
        with suppress(ResponseError):
            await script
    await redis.config_set("lua-time-limit", 5_000)


async def _refuses(redis: Redis) -> bool:
    try:
        await redis.ping()
    except ResponseError:
        return True
    return False


@pytest.mark.anyio
@pytest.mark.usefixtures("busy")
async def test_a_redis_that_a_script_keeps_busy_is_one_to_wait_for(redis: Redis, keys: Keys, tagger: Tagger) -> None:
    store = CountStore(redis, keys, 3600, 86400)
    with pytest.raises(BusyLoadingError):
        await store.add([ToCount(tagger.tag(make_article()), "s1")])
