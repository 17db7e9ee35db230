"""The watermark on a real Redis."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis.asyncio import Redis

from alerts.watermark import DEAD_AFTER, Low, Watermark, unbroken_since
from processors.keys import Keys
from tests.alerts.kinds.world import EXAMPLES
from tests.makers import NOON


@pytest.fixture
def watermark(redis: Redis, keys: Keys) -> Watermark:
    return Watermark(redis, keys, ttl=3600)


@pytest.mark.anyio
async def test_nothing_is_known_before_every_partition_has_told(watermark: Watermark) -> None:
    assert await watermark.low(2) is None
    await watermark.report({0: NOON}, [NOON])
    assert await watermark.low(2) is None
    await watermark.report({1: NOON + 5})
    assert await watermark.low(2) == Low(NOON, NOON)


@pytest.mark.anyio
async def test_a_lagging_partition_holds_the_watermark_and_an_idle_one_does_not(watermark: Watermark) -> None:
    #  partition 0, lagging   0 ....|  at 30
    #  partition 1, idle      0 .........................|  told to be empty up to 500
    #  partition 2, busy      0 .........................|  at 500
    await watermark.report({0: NOON + 30, 1: NOON, 2: NOON + 500}, [NOON, NOON + 500])
    await watermark.report({1: NOON + 500})
    assert await watermark.low(3) == Low(NOON + 30, NOON)
    await watermark.report({0: NOON + 400}, [NOON + 400])
    assert await watermark.low(3) == Low(NOON + 400, NOON)


@pytest.mark.anyio
async def test_a_worker_that_slept_moves_nothing_back(watermark: Watermark) -> None:
    await watermark.report({0: NOON + 100}, [NOON + 100])
    await watermark.report({0: NOON}, [NOON])
    assert await watermark.low(1) == Low(NOON + 100, NOON + 100)


@pytest.mark.anyio
async def test_while_the_stream_is_dead_the_watermark_stops_and_it_lives_anew_with_the_next_article(
    watermark: Watermark,
) -> None:
    #  articles  |                                  | at 5000
    #  idle      ..........................................
    #  watermark ........| 600: dead, it stops      | alive since 5000
    await watermark.report({0: NOON}, [NOON])
    await watermark.report({0: NOON + 3000})
    assert await watermark.low(1) == Low(NOON + DEAD_AFTER, NOON)
    await watermark.report({0: NOON + 5000}, [NOON + 5000])
    assert await watermark.low(1) == Low(NOON + 5000, NOON + 5000)


@pytest.mark.anyio
async def test_one_worker_at_a_time_has_its_turn_and_all_of_it_expires(
    watermark: Watermark, redis: Redis, keys: Keys
) -> None:
    await watermark.report({0: NOON}, [NOON])
    assert [await watermark.my_turn(), await watermark.my_turn()] == [True, False]
    assert await redis.ttl(keys.watermark()) > 0
    assert await redis.pttl(keys.tick()) > 0


@EXAMPLES
@given(st.lists(st.integers(0, 5000), min_size=1))
def test_the_stretch_without_a_gap_is_the_last(minutes: list[int]) -> None:
    times = sorted(float(minute) * 7 for minute in minutes)
    since = unbroken_since(times)
    stretch = [time for time in times if time >= since]
    assert all(b - a <= DEAD_AFTER for a, b in pairwise(stretch))
    assert all(since - time > DEAD_AFTER for time in times if time < since)
