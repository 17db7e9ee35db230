"""A backtest: what rules would have said of articles of the past; nothing is sent."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from math import inf
from typing import Final

import msgspec

from alerts.alert import Alert
from alerts.decision import Decision
from alerts.making import group_name
from alerts.outcome import HELD_BACK, Outcome
from alerts.rules import RuleIndex
from alerts.testing.written import WrittenTest
from processors.tagging import Tagger
from processors.tags import TaggedArticle
from streams.performance import Coming, play
from streams.rehearsal import Rehearsal, private

_EXAMPLES: Final = 3
_TOP: Final = 5


class Example(msgspec.Struct, frozen=True):
    """One of a rule's alerts."""

    time: float
    summary: str


class RuleReport(msgspec.Struct):
    """What a rule would have said: alerts by day and by group, and what held others back."""

    rule: str
    alerts: int = 0
    days: dict[str, int] = {}
    groups: dict[str, int] = {}
    held_back: dict[str, int] = {}
    examples: list[Example] = []


class _Sums:
    """Adds decisions up, each alert once."""

    def __init__(self, rules: RuleIndex) -> None:
        self._seen: set[str] = set()
        self._reports = {rule.id: RuleReport(rule.id) for rule in rules.rules}
        self._days: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._groups: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._held: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, decision: Decision) -> None:
        """Take in what was decided."""
        if decision.outcome in HELD_BACK:
            self._held[decision.rule.id][decision.outcome] += 1
        elif decision.outcome is Outcome.FIRED and decision.alert and decision.alert.id not in self._seen:
            self._seen.add(decision.alert.id)
            self._fired(decision, decision.alert)

    def _fired(self, decision: Decision, alert: Alert) -> None:
        rule, report = decision.rule, self._reports[decision.rule.id]
        report.alerts += 1
        self._days[rule.id][_day(alert.time.event)] += 1
        self._groups[rule.id][group_name(rule, decision.group)] += 1
        if len(report.examples) < _EXAMPLES:
            report.examples.append(Example(alert.time.event, alert.summary))

    def reports(self) -> list[RuleReport]:
        """Return a report for each rule, in their order."""
        for name, report in self._reports.items():
            report.days = dict(sorted(self._days[name].items()))
            report.groups = dict(self._groups[name].most_common(_TOP))
            report.held_back = dict(sorted(self._held[name].items()))
        return [*self._reports.values()]


async def backtest(
    articles: Sequence[TaggedArticle],
    tagger: Tagger,
    rules: RuleIndex,
    story_window: float,
    told: Callable[[int], object] = lambda _: None,
) -> list[RuleReport]:
    """Return what rules would have said of articles, taken in the order of their times; `told` hears how many are."""
    sums = _Sums(rules)
    coming = [Coming(_time(tagged), tagged, "") for tagged in sorted(articles, key=_time)]
    if not coming:
        return sums.reports()
    past = WrittenTest(name="the past", start=datetime.fromtimestamp(coming[0].at, UTC))
    async with private() as redis:
        rehearsal = Rehearsal(redis, tagger, rules, max_age=inf, story_window=story_window)
        async for decided in play(rehearsal, past, coming, [], inf, told):
            sums.add(decided.decision)
    return sums.reports()


def _time(tagged: TaggedArticle) -> float:
    return tagged.article.published_at


def _day(time: float) -> str:
    return datetime.fromtimestamp(time, UTC).date().isoformat()
