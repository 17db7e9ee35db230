"""How rules stand, read from a real Redis that the judge has written to."""

import pytest
from msgspec import structs
from redis.asyncio import Redis

from alerts.absences import Absences
from alerts.kinds.memory import moment
from alerts.kinds.model import Absence, Kind, New, Threshold
from alerts.outcome import Outcome
from alerts.rule import Rule
from alerts.standing import Stand, standing
from alerts.watermark import Low, Watermark
from tests.alerts.kinds.world import DAY, GROUPS, Report, World
from tests.makers import NOON, make_rule

pytestmark = pytest.mark.anyio
PAIR = "state/KP+state/RU"


def world_of(redis: Redis, kind: Kind) -> World:
    return World(redis, make_rule(kind, groups=GROUPS[:1]))


def report(number: int, time: float) -> Report:
    return Report(f"a{number}", time, f"s{number}", "the-wire", 0)


def when(time: float) -> str:
    return moment(NOON + time)


async def found(world: World, at: float, rule: Rule | None = None) -> str:
    [stand] = await standing(world.redis, world.keys, rule or world.rule, GROUPS[:1], NOON + at)
    assert stand.group == PAIR
    return stand.found


async def tick(world: World, watermark: float) -> list[Outcome]:
    watch = Absences(world.redis, world.keys, world.judge.silences, ttl=DAY, max_age=100 * DAY)
    decisions = await watch.tick([world.rule], Low(NOON + watermark, NOON), world.now)
    return [decision.outcome for decision in decisions]


async def dumped(world: World) -> dict[bytes, bytes | None]:
    names = sorted([name async for name in world.redis.scan_iter(f"{world.keys.watermark()[:11]}*")])
    return {name: await world.redis.dump(name) for name in names}


async def test_a_window_is_told_as_an_article_of_that_time_finds_it(redis: Redis) -> None:
    #      0    30        60        90
    #      a     b         |         |
    #      (------ 60 s ---]    two, but a is on the edge: one
    #            (------------------]  none
    world = world_of(redis, Threshold(threshold=3, window=60.0))
    assert await found(world, 0) == f"0 of 3 stories in the 1m up to {when(0)}"
    await world.arrive(report(1, 0), report(2, 30))
    assert await found(world, 30) == f"2 of 3 stories in the 1m up to {when(30)}"
    assert await found(world, 60) == f"1 of 3 stories in the 1m up to {when(60)}"
    assert await found(world, 90) == f"0 of 3 stories in the 1m up to {when(90)}"


async def test_a_window_does_not_move_back_for_an_older_article(redis: Redis) -> None:
    world = world_of(redis, Threshold(threshold=3, window=60.0))
    await world.arrive(report(1, 100))
    assert await found(world, 0) == f"1 of 3 stories in the 1m up to {when(100)}"


@pytest.mark.parametrize("at", [61.0, 130.0, 500.0])
async def test_what_is_told_is_what_the_judge_finds(redis: Redis, at: float) -> None:
    world = world_of(redis, Threshold(threshold=4, window=120.0))
    await world.arrive(report(1, 0), report(2, 20), report(3, 60))
    told = await found(world, at)
    [decision] = await world.decisions(report(4, at))
    assert decision.outcome is Outcome.BELOW or told.startswith("3 of 4")
    if decision.outcome is Outcome.BELOW:
        assert decision.found is not None
        assert told.startswith(f"{int(decision.found) - 1} of 4")


async def test_a_group_is_told_when_it_was_seen_and_how_long_the_rule_learns(redis: Redis) -> None:
    world = world_of(redis, New(new=60.0, learning=100.0))
    assert await found(world, 0) == "never seen; the rule has not begun"
    await world.arrive(report(1, 10))
    seen = f"last seen at {when(10)}"
    assert await found(world, 50) == f"{seen}; learning until {when(110)}"
    assert await found(world, 110) == seen


async def test_an_absence_is_told_with_its_beginning_once_it_was_judged(redis: Redis) -> None:
    #      0         50        100       110
    #      began     a          |         |
    #                [--- 60 s -----------]  silent
    world = world_of(redis, Absence(absence=60.0))
    await Watermark(redis, world.keys, DAY).report({0: NOON}, [NOON])
    assert await found(world, 0) == "no worker has watched for it yet"
    await tick(world, 0)
    await world.arrive(report(1, 50))
    assert await tick(world, 100) == []
    begins = when(50)
    assert (
        await found(world, 100) == f"1 of 1 stories in the 1m up to {when(100)}; a silence would have begun at {begins}"
    )
    assert await tick(world, 110) == [Outcome.FIRED]
    assert await found(world, 0) == f"0 of 1 stories in the 1m up to {when(110)}; silent since {begins}"


async def test_a_silence_that_an_article_ended_is_told_no_longer(redis: Redis) -> None:
    world = world_of(redis, Absence(absence=60.0))
    await tick(world, 0)
    await tick(world, 60)
    assert f"silent since {when(0)}" in await found(world, 0)
    await world.arrive(report(1, 59))
    assert f"a silence would have begun at {when(59)}" in await found(world, 0)


@pytest.mark.parametrize(
    "kind",
    [Threshold(threshold=3, window=60.0), New(new=60.0), Absence(absence=60.0)],
    ids=["threshold", "new", "absence"],
)
async def test_nothing_in_redis_is_changed(redis: Redis, kind: Kind) -> None:
    world = world_of(redis, kind)
    await tick(world, 0)
    await world.arrive(report(1, 10))
    before = await dumped(world)
    assert before
    await found(world, 500)
    assert await dumped(world) == before


async def test_a_changed_rule_stands_at_the_beginning(redis: Redis) -> None:
    world = world_of(redis, Threshold(threshold=3, window=60.0))
    await world.arrive(report(1, 0))
    changed = structs.replace(world.rule, state="s2")
    assert (await found(world, 0, changed)).startswith("0 of 3")


async def test_groups_are_told_each_for_itself(redis: Redis) -> None:
    world = world_of(redis, Threshold(threshold=3, window=60.0))
    await world.arrive(report(1, 0))
    stands = await standing(redis, world.keys, world.rule, GROUPS, NOON)
    assert [(s.group, s.found[:6]) for s in stands] == [(PAIR, "1 of 3"), ("state/CN+state/RU", "0 of 3")]
    assert isinstance(stands[0], Stand)
