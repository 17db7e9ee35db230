"""The workers of a group, on a real Redis."""

import msgspec
import pytest
from redis.asyncio import Redis

from processors.keys import Keys
from streams.group import LOST_AFTER, Group, Member, Seen

ONE, TWO = (Member(id=name, host="here", version="1", started=1.0, lag={"0": 5}) for name in ("one", "two"))


@pytest.fixture
def group(redis: Redis, keys: Keys) -> Group:
    return Group(redis, keys)


@pytest.mark.anyio
async def test_workers_are_told_of_with_what_they_last_said(group: Group) -> None:
    await group.beat(TWO)
    await group.beat(ONE)
    await group.beat(msgspec.structs.replace(ONE, lag={"0": 3}))
    assert [(seen.worker.id, seen.worker.lag) for seen in await group.workers()] == [
        ("one", {"0": 3}),
        ("two", {"0": 5}),
    ]


@pytest.mark.anyio
async def test_a_worker_that_ends_in_order_is_forgotten(group: Group) -> None:
    await group.beat(ONE)
    await group.beat(TWO)
    await group.leave("one")
    assert [seen.worker.id for seen in await group.workers()] == ["two"]


@pytest.mark.anyio
async def test_a_silent_worker_is_lost_and_later_forgotten(group: Group, redis: Redis, keys: Keys) -> None:
    #  one   |..............................|  seen 11 s ago: lost
    #  two                                  |  just now
    await group.beat(ONE)
    await redis.zincrby(keys.seen(), -LOST_AFTER - 1, "one")
    await group.beat(TWO)
    assert [(seen.worker.id, seen.lost) for seen in await group.workers()] == [("one", True), ("two", False)]
    await redis.zincrby(keys.seen(), -300, "one")
    await group.beat(TWO)
    assert [seen.worker.id for seen in await group.workers()] == ["two"]
    assert await redis.hkeys(keys.workers()) == [b"two"]


@pytest.mark.anyio
async def test_what_workers_say_expires_by_itself(group: Group, redis: Redis, keys: Keys) -> None:
    await group.beat(ONE)
    assert 0 < await redis.ttl(keys.workers()) <= 300
    assert 0 < await redis.ttl(keys.seen()) <= 300


@pytest.mark.anyio
async def test_one_worker_speaks_for_the_group_until_its_lease_is_over(group: Group, redis: Redis, keys: Keys) -> None:
    assert [await group.speaks(name) for name in ("one", "two", "one")] == [True, False, True]
    await redis.delete(keys.speaker())
    assert [await group.speaks(name) for name in ("two", "one")] == [True, False]
    assert 0 < await redis.pttl(keys.speaker()) <= 10_000


def test_a_worker_is_lost_after_some_seconds() -> None:
    assert [Seen(ONE, ago).lost for ago in (LOST_AFTER - 1, LOST_AFTER)] == [False, True]
