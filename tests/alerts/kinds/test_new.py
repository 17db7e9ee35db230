"""New on a real Redis, against a slow model of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis.asyncio import Redis

from alerts.kinds.model import New
from alerts.outcome import Outcome
from tests.alerts.kinds.world import COOLDOWNS, EXAMPLES, MAX_AGES, Group, History, Report, World, check, histories
from tests.makers import make_rule

AWAY = 10.0


@pytest.mark.anyio
@EXAMPLES
@given(history=histories(), learning=st.sampled_from([0.0, 5.0, None]), cooldown=COOLDOWNS, max_age=MAX_AGES)
async def test_any_history_has_the_outcomes_of_the_model(
    redis: Redis, history: History, learning: float | None, cooldown: float, max_age: float | None
) -> None:
    world = World(redis, make_rule(New(new=AWAY, learning=learning), cooldown=cooldown, max_age=max_age))
    began: list[float] = []

    def decide(group: Group, report: Report) -> Outcome:
        began.append(report.time)
        before = [earlier.time for earlier in group.arrived[:-1]]
        if before and report.time < max(before) + AWAY:
            return Outcome.LATE if report.time <= max(before) - AWAY else Outcome.KNOWN
        if report.time < began[0] + (AWAY if learning is None else learning):
            return Outcome.LEARNING
        if world.too_old(report):
            return Outcome.TOO_OLD
        if report.story in group.handled:
            return Outcome.STORY
        group.handled.add(report.story)
        return group.let_out(report, report.time, cooldown)

    await check(world, history, decide)


def report(time: float, story: str, group: int = 0) -> Report:
    return Report(story, time, story, "a", group)


@pytest.mark.anyio
async def test_a_group_is_new_after_the_period_and_while_the_rule_does_not_learn(redis: Redis) -> None:
    #  0 a     4 a     9 b        12 c (of another group)     19 d
    #  |---- learning, 10 ----|
    #                  |------- away for 10 -------|          d fires, as c does
    world = World(redis, make_rule(New(new=AWAY)))
    found = await world.arrive(report(0, "a"), report(4, "a2"), report(9, "b"), report(12, "c", 1), report(19, "d"))
    assert found == [Outcome.LEARNING, Outcome.KNOWN, Outcome.KNOWN, Outcome.FIRED, Outcome.FIRED]
