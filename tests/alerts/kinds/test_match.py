"""Match on a real Redis, against a slow model of it."""

import pytest
from hypothesis import given
from redis.asyncio import Redis

from alerts.kinds.model import Match
from alerts.outcome import Outcome
from tests.alerts.kinds.world import COOLDOWNS, EXAMPLES, MAX_AGES, Group, History, Report, World, check, histories
from tests.makers import make_rule


@pytest.mark.anyio
@EXAMPLES
@given(history=histories(), cooldown=COOLDOWNS, max_age=MAX_AGES)
async def test_any_history_has_the_outcomes_of_the_model(
    redis: Redis, history: History, cooldown: float, max_age: float | None
) -> None:
    world = World(redis, make_rule(Match(), cooldown=cooldown, max_age=max_age))

    def decide(group: Group, report: Report) -> Outcome:
        if world.too_old(report):
            return Outcome.TOO_OLD
        if report.story in group.handled:
            return Outcome.STORY
        group.handled.add(report.story)
        return group.let_out(report, report.time, cooldown)

    await check(world, history, decide)
