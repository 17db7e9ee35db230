"""Articles that arrive in any order, more than once, at workers that are restarted: what must come of it and does."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from alerts.alert import Alert
from alerts.decision import Decision
from alerts.judge import Judge
from alerts.outbox import Outbox
from alerts.outcome import Outcome
from alerts.rule import CountOf, Fit, Rule, Why
from alerts.silences import Silence
from processors.counts import CountStore, ToCount
from processors.keys import RULE_SLOTS, Keys
from processors.tags import TaggedArticle
from tests.makers import NOON, make_article

DAY = 86_400.0
MAX_AGES = st.sampled_from([None, DAY - 10.0])
"""A rule's own, of which the latter makes old what came in the first ten seconds, and a little more as time goes on."""

COOLDOWNS = st.sampled_from([0.0, 7.0, 20.0])
EXAMPLES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
GROUPS = (("state/KP", "state/RU"), ("state/CN", "state/RU"))


@dataclass(frozen=True)
class Report:
    """An article, as far as judging looks at it; `time` is in seconds after the beginning."""

    id: str
    time: float
    story: str
    source: str
    group: int

    def member(self, count: CountOf) -> str:
        """Return what it counts as."""
        return {CountOf.STORIES: self.story, CountOf.ARTICLES: self.id, CountOf.SOURCES: self.source}[count]


Step = Sequence[int] | str
"""A batch of reports by number, or what happens to the workers: `restart`, `silence` or `end silence`."""


@dataclass
class History:
    """What happens: reports, and in what order they arrive."""

    reports: list[Report]
    steps: list[Step]


@st.composite
def histories(draw: st.DrawFn, longest: int = 40, most: int = 12) -> History:
    """Draw what happens; batches name reports again and again, in any order of their times."""
    drawn = draw(
        st.lists(
            st.tuples(st.integers(0, longest), st.integers(0, 6), st.integers(0, 4), st.integers(0, 1)),
            min_size=1, max_size=most,
        )
    )  # fmt: skip
    reports = [Report(f"a{n}", float(t), f"s{s}", f"from{o}", g) for n, (t, s, o, g) in enumerate(drawn)]
    batch = st.lists(st.integers(0, len(reports) - 1), min_size=1, max_size=5)
    other = st.sampled_from(["restart", "silence", "end silence"])
    return History(reports, draw(st.lists(st.one_of(batch, batch, batch, other), min_size=1, max_size=14)))


class World:
    """The judge on a Redis of its own."""

    def __init__(self, redis: Redis, rule: Rule) -> None:
        self.redis = redis
        self.rule = rule
        self.keys = Keys(f"w{uuid4().hex[:10]}:")
        self.now = NOON + DAY
        self.judge = self._judge()

    def _judge(self) -> Judge:
        counts = CountStore(self.redis, self.keys, DAY, DAY)
        return Judge(self.redis, self.keys, counts, _None(), ttl=DAY, max_age=100 * DAY)

    async def arrive(self, *reports: Report) -> list[Outcome]:
        """Judge a batch."""
        return [decision.outcome for decision in await self.decisions(*reports)]

    async def decisions(self, *reports: Report) -> list[Decision]:
        """Judge a batch, and tell all that was decided."""
        return await self.judge.decide([(_article(r), self._fit(r)) for r in reports], self.now)

    def _fit(self, report: Report) -> Fit:
        group = GROUPS[report.group]
        return Fit(self.rule, group, group, ("diplomacy",), Why("names both", passed=True))

    def too_old(self, report: Report) -> bool:
        """Tell whether a report must not fire any more."""
        return self.rule.max_age is not None and self.now - NOON - report.time > self.rule.max_age

    async def happen(self, step: str) -> None:
        """Restart the worker, or begin or end a silence over the rule."""
        self.now += 2.0  # longer than a worker's copy of the silences lives
        if step == "restart":
            await self.redis.script_flush()
            self.judge = self._judge()
        elif step == "silence":
            silence = Silence(
                id="quiet", author="ana", reason="planned", starts=self.now, ends=self.now + DAY, rule=self.rule.id
            )
            await self.judge.silences.add(silence, self.now)
        else:
            await self.judge.silences.end("quiet")

    async def out(self) -> list[Alert]:
        """Return the alerts that were let out, in order."""
        taken = await Outbox(self.redis, self.keys).take(range(RULE_SLOTS), "a relay")
        return [e.alert for entries in taken.values() for e in entries if e.outcome is Outcome.FIRED]


class _None:
    """No rules: what fits is said by the test."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []

    def look(self, tagged: TaggedArticle) -> tuple[list[Fit], int]:
        raise NotImplementedError(tagged)


def _article(report: Report) -> ToCount:
    article = make_article(id=report.id, published_at=NOON + report.time, source=report.source)
    return ToCount(TaggedArticle(article, (), (), ()), report.story)


@dataclass
class Group:
    """What a model remembers of a group: all that arrived, and what came of it."""

    arrived: list[Report] = field(default_factory=list)
    handled: set[str] = field(default_factory=set)
    last: float | None = None
    fired: list[str] = field(default_factory=list)

    silenced: bool = False

    def let_out(self, report: Report, at: float, cooldown: float) -> Outcome:
        """Decide of what would fire."""
        if self.last is not None and abs(at - self.last) < cooldown:
            return Outcome.COOLDOWN
        self.handled.add(report.story)
        if self.silenced:
            return Outcome.SILENCED
        self.last = max(at, at if self.last is None else self.last)
        self.fired.append(report.story)
        return Outcome.FIRED


Decide = Callable[[Group, Report], Outcome]
"""A kind's model: what comes of a report that arrives in a group, which remembers it already."""


def expected(history: History, decide: Decide) -> Iterator[tuple[Step, list[Outcome], dict[int, Group]]]:
    """Yield after each step what must come of it; what was decided of a report once stays so."""
    groups: defaultdict[int, Group] = defaultdict(Group)
    decided: dict[str, Outcome] = {}
    silenced = False
    for step in history.steps:
        outcomes = []
        for number in step if not isinstance(step, str) else ():
            report = history.reports[number]
            if report.id not in decided:
                group = groups[report.group]
                group.arrived.append(report)
                group.silenced = silenced
                decided[report.id] = decide(group, report)
            outcomes.append(decided[report.id])
        silenced = {"silence": True, "end silence": False}.get(step, silenced) if isinstance(step, str) else silenced
        yield step, outcomes, groups


async def check(world: World, history: History, decide: Decide) -> None:
    """Let it happen, and compare each outcome, and at the end the alerts, their order and their numbers."""
    groups: dict[int, Group] = {}
    for step, outcomes, after in expected(history, decide):
        if isinstance(step, str):
            await world.happen(step)
        else:
            assert await world.arrive(*(history.reports[number] for number in step)) == outcomes
        groups = after
    out = await world.out()
    assert len({alert.id for alert in out}) == len(out)
    for number, group in enumerate(GROUPS):
        found = [(alert.story, alert.sequence) for alert in out if alert.group == group]
        fired = groups[number].fired if number in groups else []
        assert found == [(story, place) for place, story in enumerate(fired, 1)]
