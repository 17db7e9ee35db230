"""Silences on a real Redis."""

import pytest
from redis.asyncio import Redis

from alerts.kinds.model import Match
from alerts.outcome import Outcome
from alerts.silences import FRESH, Silence, Silences
from processors.keys import Keys
from tests.alerts.kinds.world import Report, World
from tests.makers import NOON, make_rule

BOTH, TOPICS = ("state/KP", "state/RU"), ("joint-exercises",)


def silence(name: str = "quiet", starts: float = NOON, ends: float = NOON + 60, **of: object) -> Silence:
    return Silence(id=name, author="ana", reason="planned", starts=starts, ends=ends, **of)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("made", "covers"),
    [
        pytest.param(silence(rule="watch"), True, id="the rule"),
        pytest.param(silence(rule="other"), False, id="another rule"),
        pytest.param(silence(actor="state/RU"), True, id="an actor"),
        pytest.param(silence(actor="state/CN"), False, id="an actor that is not in it"),
        pytest.param(silence(pair=("state/RU", "state/KP")), True, id="the pair in any order"),
        pytest.param(silence(pair=("state/RU", "state/CN")), False, id="a pair of which one is in it"),
        pytest.param(silence(topic="joint-exercises"), True, id="a topic"),
        pytest.param(silence(topic="military", topics=("joint-exercises",)), True, id="a topic above it"),
        pytest.param(silence(topic="trade"), False, id="another topic"),
        pytest.param(silence(rule="watch", topic="trade"), False, id="the rule, but another topic"),
        pytest.param(silence(rule="watch", starts=NOON + 1), False, id="one that has not begun"),
        pytest.param(silence(rule="watch", ends=NOON), False, id="one that has ended"),
    ],
)
def test_a_silence_covers_what_is_all_that_it_names_while_it_lasts(made: Silence, covers: bool) -> None:  # noqa: FBT001
    assert made.covers("watch", BOTH, TOPICS, NOON) == covers


@pytest.mark.anyio
async def test_another_workers_copy_is_a_second_old_at_most(redis: Redis, keys: Keys) -> None:
    one, other = Silences(redis, keys), Silences(redis, keys)
    assert await other.in_force(NOON) == []
    await one.add(silence(), NOON)
    assert await other.in_force(NOON + FRESH / 2) == []
    assert [found.id for found in await other.in_force(NOON + FRESH)] == ["quiet"]
    assert await one.end("quiet")
    assert not await one.end("quiet")
    assert await other.in_force(NOON + 2 * FRESH) == []


@pytest.mark.anyio
async def test_what_has_ended_is_dropped_and_all_of_it_expires(redis: Redis, keys: Keys) -> None:
    silences = Silences(redis, keys)
    await silences.add(silence("long", ends=NOON + 5000), NOON)
    await silences.add(silence("short"), NOON)
    assert 4000 < await redis.ttl(keys.silences()) <= 5001
    assert [found.id for found in await silences.listed(NOON)] == ["short", "long"]
    assert [found.id for found in await silences.listed(NOON + 60)] == ["long"]
    await silences.add(silence("later", ends=NOON + 200), NOON + 60)
    assert await redis.hlen(keys.silences()) == 2


@pytest.mark.anyio
async def test_a_silenced_alert_leaves_the_cooldown_alone_but_its_story_is_done_with(redis: Redis) -> None:
    #  silence |-- s1 --|  s2 fires at once, cooldown or not; a copy of s1 doesn't
    world = World(redis, make_rule(Match(), cooldown=600.0))
    await world.happen("silence")
    (decision,) = [await world.arrive(Report("a1", 0, "s1", "a", 0))]
    assert decision == [Outcome.SILENCED]
    await world.happen("end silence")
    found = await world.arrive(
        Report("a1", 0, "s1", "a", 0), Report("a2", 1, "s1", "b", 0), Report("a3", 2, "s2", "a", 0)
    )
    assert found == [Outcome.SILENCED, Outcome.STORY, Outcome.FIRED]


@pytest.mark.anyio
async def test_a_redelivered_article_is_told_the_silence_that_held_it_back_though_it_has_ended(redis: Redis) -> None:
    world = World(redis, make_rule(Match()))
    await world.happen("silence")
    report = Report("a1", 0, "s1", "a", 0)
    first = await world.decisions(report)
    await world.happen("end silence")
    assert [d.silence for d in await world.decisions(report)] == [d.silence for d in first]
    assert first[0].silence
    assert first[0].silence.reason == "planned"
