"""Tests of rules jump ahead where they may; what comes must be what a clock that never jumps gives."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from alerts.rules import RuleIndex, read_rules
from alerts.silences import Silence
from alerts.testing.compare import Decided
from alerts.testing.written import START, WrittenDead, WrittenTest
from processors.tagging import Tagger
from streams.performance import Coming, play
from streams.rehearsal import Rehearsal
from tests.makers import make_article

UNIT, DAY = 300.0, 86_400.0
"""Everything happens at multiples of five minutes; absences end between them."""

BEGIN, END = START.timestamp(), 48
MAX_AGE = 3 * 3600.0
RULES = """\
rules:
  - {id: each, pair: [Russia, North Korea], cooldown: 45m}
  - {id: surge, pair: [Russia, North Korea], threshold: 3, window: 1h, cooldown: 30m}
  - {id: quiet, pair: [Russia, North Korea], absence: 52m, cooldown: 0s}
  - {id: few, pair: [Russia, North Korea], absence: 93m, fewer_than: 2, cooldown: 0s}
  - {id: fresh, actors: [Russia], topics: [diplomacy], group_by: pair, new: 1h, learning: 30m}
"""
BODIES = (
    "Russia and North Korea signed treaty number {} on rail traffic.",
    "Russia spoke of harvest number {}.",
    "Envoys of Russia and Iran met for diplomatic talks, round {}.",
)
ARRIVALS = st.lists(st.tuples(st.integers(0, END), st.integers(0, 2), st.sampled_from([0, 0, 0, 4, 40])), max_size=14)
DEAD = st.lists(st.tuples(st.integers(0, END), st.integers(1, 24)), max_size=1)
SILENT = st.lists(st.tuples(st.integers(0, END), st.integers(1, 24)), max_size=1)


@pytest.fixture(scope="module")
def rules(tagger: Tagger, tmp_path_factory: pytest.TempPathFactory) -> RuleIndex:
    """A rule of each kind, and one that wants two."""
    path = tmp_path_factory.mktemp("rules") / "rules.yaml"
    path.write_text(RULES, "utf-8")
    return read_rules([path], tagger).index


def made(arrivals: Sequence[tuple[int, int, int]], tagger: Tagger) -> list[Coming]:
    """Return articles that arrive at some steps, some of them so many steps after they were published."""
    coming = []
    for number, (step, body, late) in enumerate(sorted(arrivals)):
        at = BEGIN + step * UNIT
        article = make_article(
            id=f"a{number}", body=BODIES[body].format(number), source=f"s{number}", published_at=at - late * UNIT
        )
        coming.append(Coming(at, tagger.tag(article), article.id))
    return coming


async def slowly(
    rehearsal: Rehearsal, test: WrittenTest, coming: Sequence[Coming], silences: Sequence[Silence]
) -> list[Decided]:
    """Play a test with a tick at every step, article by article."""
    for silence in silences:
        await rehearsal.silence(silence, BEGIN)
    decided: list[Decided] = []
    for step in range(END + 1):
        now = BEGIN + step * UNIT
        was, is_ = (not any(d.since <= m * UNIT < d.until for d in test.dead) for m in (max(0, step - 1), step))
        ticks = [was, is_] if is_ and not was else [was]
        for alive in ticks:
            decided += [Decided(decision, "") for decision in await rehearsal.tick(now, alive=alive)]
        for one in coming:
            if one.at == now:
                found = await rehearsal.take([one.tagged], now)
                decided += [Decided(decision, one.name) for decision in found]
                after = await rehearsal.tick(now, alive=is_)  # a worker does every two seconds
                decided += [Decided(decision, "") for decision in after]
    return decided


def told(decided: Sequence[Decided]) -> list[tuple[object, ...]]:
    """Return what matters of decisions: absences by their periods, which are found a little later or sooner."""
    found = [
        (d.rule.id, d.group, name, d.outcome, d.alert.id if d.alert else "", d.alert.time.event if d.alert else 0.0)
        for d, name in decided
    ]
    return sorted(found)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arrivals=ARRIVALS, dead=DEAD, silent=SILENT)
@pytest.mark.anyio
async def test_a_clock_that_jumps_decides_as_one_that_stops_at_every_step(
    arrivals: list[tuple[int, int, int]],
    dead: list[tuple[int, int]],
    silent: list[tuple[int, int]],
    redis: Redis,
    tagger: Tagger,
    rules: RuleIndex,
) -> None:
    outages = tuple(WrittenDead(since=since * UNIT, until=(since + lasts) * UNIT) for since, lasts in dead)
    test = WrittenTest(name="any", until=END * UNIT, dead=outages)
    silences = [
        Silence(
            id="quiet", author="ana", reason="planned", rule="each",
            starts=BEGIN + since * UNIT, ends=BEGIN + (since + lasts) * UNIT,
        )
        for since, lasts in silent
    ]  # fmt: skip
    coming = made(arrivals, tagger)

    def rehearsal() -> Rehearsal:
        return Rehearsal(redis, tagger, rules, max_age=MAX_AGE, story_window=3 * DAY)

    jumping = [one async for one in play(rehearsal(), test, coming, silences, MAX_AGE)]
    assert told(jumping) == told(await slowly(rehearsal(), test, coming, silences))
