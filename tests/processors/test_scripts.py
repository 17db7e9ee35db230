"""Scripts on a real Redis."""

import pytest
from redis.asyncio import Redis

from processors.counts import Counted, CountStore, ToCount
from processors.keys import Keys
from processors.scripts import run
from processors.tagging import Tagger
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
