"""Threshold on a real Redis, against a slow model of it."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis.asyncio import Redis

from alerts.kinds.model import Threshold
from alerts.outcome import Outcome
from alerts.rule import CountOf
from tests.alerts.kinds.world import COOLDOWNS, EXAMPLES, MAX_AGES, Group, History, Report, World, check, histories
from tests.makers import make_rule

WINDOW = 10.0


def within(group: Group, count: CountOf) -> set[str]:
    """Return what lies within the window that ends at the newest report."""
    newest = max(report.time for report in group.arrived)
    return {report.member(count) for report in group.arrived if newest - WINDOW < report.time <= newest}


@pytest.mark.anyio
@EXAMPLES
@given(
    history=histories(),
    count=st.sampled_from(CountOf),
    threshold=st.integers(2, 4),
    cooldown=COOLDOWNS,
    max_age=MAX_AGES,
)
async def test_any_history_has_the_outcomes_of_the_model(
    redis: Redis, history: History, count: CountOf, threshold: int, cooldown: float, max_age: float | None
) -> None:
    kind = Threshold(threshold=threshold, window=WINDOW)
    world = World(redis, make_rule(kind, count=count, cooldown=cooldown, max_age=max_age))

    def decide(group: Group, report: Report) -> Outcome:
        newest = max(report.time for report in group.arrived)
        if report.time <= newest - WINDOW:
            return Outcome.LATE
        if world.too_old(report):
            return Outcome.TOO_OLD
        known = report.story in group.handled
        if count is CountOf.STORIES:
            group.handled.add(report.story)
        if len(within(group, count)) < threshold:
            return Outcome.BELOW
        return Outcome.STORY if known else group.let_out(report, newest, cooldown)

    await check(world, history, decide)
    assert await kept(world) <= threshold


async def kept(world: World) -> int:
    """Return how many members the largest window holds."""
    windows = [key async for key in world.redis.scan_iter(match=world.keys.of_group("window", "watch", "s1", "*"))]
    assert all([await world.redis.ttl(window) > 0 for window in windows])
    return max([await world.redis.zcard(window) for window in windows], default=0)


def report(time: float, story: str, source: str = "a") -> Report:
    return Report(f"{story}-{source}", time, story, source, 0)


@pytest.mark.anyio
async def test_in_any_order_what_lies_within_one_window_fires_once(redis: Redis) -> None:
    #  0 s1   3 s2   6 s3   9 s4
    #  |------ 10 s: all four ------|   three are enough; cooldown is as long as the window
    reports = [report(0, "s1"), report(3, "s2"), report(6, "s3"), report(9, "s4")]
    for order in permutations(reports):
        world = World(redis, make_rule(Threshold(threshold=3, window=WINDOW), cooldown=WINDOW))
        found = [(await world.arrive(one))[0] for one in order]
        assert found == [Outcome.BELOW, Outcome.BELOW, Outcome.FIRED, Outcome.COOLDOWN]


@pytest.mark.anyio
async def test_a_window_leaves_out_what_is_as_old_as_it_is_long(redis: Redis) -> None:
    #  0 s1          10 s2            at 10 the window is (0, 10]
    #  |-----(10 s)-----|
    world = World(redis, make_rule(Threshold(threshold=2, window=WINDOW)))
    assert await world.arrive(report(0, "s1"), report(10, "s2")) == [Outcome.BELOW] * 2
    assert await world.arrive(report(0.5, "s3")) == [Outcome.FIRED]


@pytest.mark.anyio
async def test_a_window_never_moves_back(redis: Redis) -> None:
    #  0 s1  1 s2                      50 s3 came first: the window is (40, 50], both are late
    world = World(redis, make_rule(Threshold(threshold=2, window=WINDOW)))
    found = await world.arrive(report(50, "s3"), report(0, "s1"), report(1, "s2"))
    assert found == [Outcome.BELOW, Outcome.LATE, Outcome.LATE]


@pytest.mark.anyio
async def test_an_older_report_of_a_source_takes_it_out_of_no_window(redis: Redis) -> None:
    #  1 a (arrives last)       8 a        11.5 b        at 11.5 the window is (1.5, 11.5]
    world = World(redis, make_rule(Threshold(threshold=2, window=WINDOW), count=CountOf.SOURCES))
    assert await world.arrive(report(8, "s1", "a"), report(1, "s2", "a")) == [Outcome.BELOW] * 2
    assert await world.arrive(report(11.5, "s3", "b")) == [Outcome.FIRED]


@pytest.mark.anyio
async def test_sources_are_counted_once_and_an_unknown_one_never(redis: Redis) -> None:
    world = World(redis, make_rule(Threshold(threshold=2, window=WINDOW), count=CountOf.SOURCES))
    assert await world.arrive(report(0, "s1", "a"), report(1, "s2", "a")) == [Outcome.BELOW] * 2
    assert await world.arrive(report(2, "s3", "")) == []
    assert await world.arrive(report(3, "s1", "b")) == [Outcome.FIRED]


@pytest.mark.anyio
async def test_an_alert_says_what_its_window_holds(redis: Redis) -> None:
    world = World(redis, make_rule(Threshold(threshold=2, window=3600)))
    await world.arrive(report(0, "s1"), report(1, "s2"))
    (alert,) = await world.out()
    fits, window = alert.why.parts
    assert (fits.condition, window.condition, window.found) == (
        "names both",
        "at least 2 stories within 1h",
        "2 or more",
    )
    assert (alert.kind, alert.rule.owner, alert.rule.tags) == ("threshold", "the-desk", ("east",))
