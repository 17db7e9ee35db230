"""Absence on a real Redis, against a slow model of it."""

from asyncio import Barrier, gather
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import floor, inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis.asyncio import Redis

from alerts.absences import Absences
from alerts.kinds.model import Absence, New
from alerts.making import alert_id
from alerts.outbox import Outbox
from alerts.outcome import Outcome
from alerts.rule import CountOf, Rule
from alerts.silences import Silence, Silences
from alerts.watermark import Low
from processors.keys import RULE_SLOTS
from tests.alerts.kinds.world import COOLDOWNS, DAY, EXAMPLES, GROUPS, Report, World
from tests.makers import NOON, make_rule

PERIOD = 10.0
Told = tuple[int, float, Outcome]
"""Of a group by number, when the period began, and what was decided."""


@dataclass
class Model:
    """All that arrived, and what follows from it, without any thrift."""

    rule: Rule
    fewer_than: int
    arrived: list[Report] = field(default_factory=list)
    began: float | None = None
    furthest: float = -inf
    silences: dict[int, tuple[float, int]] = field(default_factory=dict)
    last: dict[int, float] = field(default_factory=dict)

    def tick(self, watermark: float, alive: float) -> list[Told]:
        """Return what a tick tells."""
        if watermark < self.furthest:
            return []
        self.furthest = watermark
        self.began = watermark if self.began is None else self.began
        return [told for n in range(len(GROUPS)) for told in self._of_group(n, watermark, max(alive, self.began))]

    def _of_group(self, number: int, watermark: float, watched_since: float) -> list[Told]:
        newest: dict[str, float] = {}
        for report in self.arrived:
            if report.group == number:
                member = report.member(self.rule.count)
                newest[member] = max(report.time, newest.get(member, 0.0))
        found = sum(time > watermark - PERIOD for time in newest.values())
        if found >= self.fewer_than or watermark < watched_since + PERIOD:
            self.silences.pop(number, None)
            return []
        latest = sorted(newest.values(), reverse=True)
        enough = latest[self.fewer_than - 1] if len(latest) >= self.fewer_than else 0.0
        since, told = self.silences.get(number, (max(enough, watched_since), 0))
        periods = floor((watermark - since) / PERIOD)
        self.silences[number] = since, max(periods, told)
        return [self._told(number, since + (periods - 1) * PERIOD)] if periods > told else []

    def _told(self, number: int, begun: float) -> Told:
        ended = begun + PERIOD
        if number in self.last and abs(ended - self.last[number]) < self.rule.cooldown:
            return number, begun, Outcome.COOLDOWN
        self.last[number] = ended
        return number, begun, Outcome.FIRED


def absence(fewer_than: int = 1, count: CountOf = CountOf.STORIES, cooldown: float = 0.0) -> Rule:
    return make_rule(Absence(absence=PERIOD, fewer_than=fewer_than), count=count, cooldown=cooldown, groups=GROUPS)


class Meeting(Silences):
    """Silences whose readers, who have found what is silent and not told of it yet, wait for each other."""

    def __init__(self, world: World, met: Barrier) -> None:
        super().__init__(world.redis, world.keys)
        self._met = met

    async def in_force(self, now: float) -> Sequence[Silence]:
        await self._met.wait()
        return await super().in_force(now)


def ticker(world: World, silences: Silences | None = None) -> Absences:
    return Absences(world.redis, world.keys, silences or world.judge.silences, ttl=DAY, max_age=100 * DAY)


async def tick(world: World, watermark: float, alive: float = 0.0, worker: Absences | None = None) -> list[Told]:
    """Judge at a watermark; return what was told."""
    low = Low(NOON + watermark, NOON + alive)
    decisions = await (worker or ticker(world)).tick([world.rule], low, world.now)
    return [(GROUPS.index(d.group), d.alert.time.event - PERIOD - NOON, d.outcome) for d in decisions if d.alert]


step = st.one_of(
    st.tuples(st.just("article"), st.integers(0, 90), st.integers(0, 4), st.integers(0, 1)),
    st.tuples(st.just("tick"), st.integers(0, 12), st.integers(0, 0), st.integers(0, 0)),
    st.tuples(st.just("zombie"), st.integers(1, 30), st.integers(0, 0), st.integers(0, 0)),
    st.tuples(st.just("revival"), st.integers(0, 20), st.integers(0, 0), st.integers(0, 0)),
)


@pytest.mark.anyio
@EXAMPLES
@given(
    steps=st.lists(step, max_size=30),
    fewer_than=st.integers(1, 3),
    count=st.sampled_from(CountOf),
    cooldown=COOLDOWNS,
)
async def test_any_history_has_the_alerts_of_the_model(
    redis: Redis, steps: list[tuple[str, int, int, int]], fewer_than: int, count: CountOf, cooldown: float
) -> None:
    rule = absence(fewer_than, count, cooldown)
    world, model = World(redis, rule), Model(rule, fewer_than)
    watermark, alive = 20.0, 0.0
    fired: list[str] = []
    for n, (what, number, member, group) in enumerate(steps):
        if what == "article":
            report = Report(f"a{n}", float(number), f"s{member}", f"from{member}", group)
            model.arrived.append(report)
            assert await world.arrive(report, report) == [Outcome.COUNTED] * 2
            continue
        if what == "revival":
            watermark += number
            alive = watermark
        watermark += number if what == "tick" else 0.0
        at = watermark - number if what == "zombie" else watermark
        told = model.tick(at, alive)
        assert sorted(await tick(world, at, alive)) == sorted(told)
        assert await tick(world, at, alive) == []
        fired += [alert_id(rule, GROUPS[g], repr(NOON + begun)) for g, begun, o in told if o is Outcome.FIRED]
    assert sorted(alert.id for alert in await world.out()) == sorted(fired)
    assert len(set(fired)) == len(fired)


def report(time: float, story: str, group: int = 0) -> Report:
    return Report(story, time, story, "a", group)


@pytest.mark.anyio
async def test_a_group_never_seen_is_missed_after_a_period_and_again_after_each_further_one(redis: Redis) -> None:
    #  0 the rule comes      10            20
    #  |------ period -------|--- period --|
    #        5 a (of the first group)
    world = World(redis, absence())
    assert await tick(world, 0) == []
    await world.arrive(report(5, "a"))
    assert await tick(world, 10) == [(1, 0.0, Outcome.FIRED)]
    assert await tick(world, 15) == [(0, 5.0, Outcome.FIRED)]
    assert await tick(world, 20) == [(1, 10.0, Outcome.FIRED)]


@pytest.mark.anyio
async def test_the_time_in_which_the_stream_was_dead_is_no_silence(redis: Redis) -> None:
    #  0 the rule comes, 5 a         then nothing at all;  100 the stream comes back          110
    #                                                      |------------ period ------------|
    world = World(redis, absence())
    await tick(world, 0)
    await world.arrive(report(5, "a", 0), report(5, "b", 1))
    assert await tick(world, 100, alive=100) == []
    assert sorted(await tick(world, 110, alive=100)) == [(0, 100.0, Outcome.FIRED), (1, 100.0, Outcome.FIRED)]


@pytest.mark.anyio
async def test_workers_that_tick_at_once_tell_of_a_period_once(redis: Redis) -> None:
    world = World(redis, absence())
    await tick(world, 0)
    met = Barrier(2)
    found = await gather(*(tick(world, 10, worker=ticker(world, Meeting(world, met))) for _ in range(2)))
    told = [told for of_one in found for told in of_one]
    assert sorted(told) == [(0, 0.0, Outcome.FIRED), (1, 0.0, Outcome.FIRED)]


@pytest.mark.anyio
async def test_a_worker_that_slept_ends_no_silence(redis: Redis) -> None:
    #  0 the rule comes   8       10 a silence is told
    #                     |  a worker wakes up, whose watermark stood here
    world = World(redis, absence())
    await tick(world, 0)
    assert len(await tick(world, 10)) == 2
    assert await tick(world, 8) == []
    assert await tick(world, 11) == []


@pytest.mark.anyio
async def test_one_that_is_silenced_leaves_through_the_outbox_with_the_silence(redis: Redis) -> None:
    world = World(redis, absence())
    await tick(world, 0)
    silence = Silence(
        id="quiet", author="ana", reason="holidays", starts=world.now, ends=world.now + DAY, actor="state/CN"
    )
    await world.judge.silences.add(silence, world.now)
    assert {group: outcome for group, _, outcome in await tick(world, 10)} == {
        0: Outcome.FIRED,
        1: Outcome.SILENCED,
    }
    taken = await Outbox(world.redis, world.keys).take(range(RULE_SLOTS), "a relay")
    held = [entry for entries in taken.values() for entry in entries if entry.outcome is Outcome.SILENCED]
    assert [(entry.alert.group, entry.silence and entry.silence.reason) for entry in held] == [(GROUPS[1], "holidays")]


@pytest.mark.anyio
async def test_old_periods_of_a_stream_that_is_read_again_raise_no_alert(redis: Redis) -> None:
    world = World(redis, absence())
    world.now = NOON + 200 * DAY
    await tick(world, 0)
    assert {outcome for _, _, outcome in await tick(world, 10)} == {Outcome.TOO_OLD}


@pytest.mark.anyio
async def test_a_rule_that_learns_begins_with_the_watermark(redis: Redis) -> None:
    #  0 the rule comes        10     12 a: seen for the first time, and learned by then
    #  |------ learning -------|
    world = World(redis, make_rule(New(new=PERIOD)))
    await tick(world, 0)
    assert await world.arrive(report(12, "a")) == [Outcome.FIRED]
