"""What came of a test beside what was expected, field by field."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from alerts.alert import Alert
from alerts.decision import Decision
from alerts.outcome import Outcome
from alerts.rule import Why
from alerts.testing.pairing import paired
from alerts.testing.written import WrittenAlert, WrittenTest
from processors.durations import format_duration


class Decided(NamedTuple):
    """What was decided, and what the test calls the article; that of an absence has none."""

    decision: Decision
    name: str


class Came(NamedTuple):
    """What came of a test, and when it began."""

    decided: Sequence[Decided]
    began: float


def failures(test: WrittenTest, came: Came, why: Mapping[tuple[str, str], Why]) -> list[str]:
    """Return what is otherwise than a test says; `why` are the conditions of rules for articles that it asks for."""
    return [*_alerts(test, came), *_held_back(test, came), *_why_not(test, why)]


def _alerts(test: WrittenTest, came: Came) -> Iterator[str]:
    told = {
        d.alert.id: one for one in reversed(came.decided) if (d := one.decision).outcome is Outcome.FIRED and d.alert
    }
    left = [*told.values()][::-1]  # one decided again is no other
    wanted = [(one, _fitting(one, left, came)) for one in test.expect]
    slots = [(one, fitting) for one, fitting in wanted for _ in range(one.count)]
    having = paired([fitting for _, fitting in slots])
    missing = [one for number, (one, _) in enumerate(slots) if number not in having]
    left = [one for place, one in enumerate(left) if place not in having.values()]
    for one in missing:
        near = next((other for other in left if other.decision.rule.id == one.rule), None)
        yield f"no alert of rule {one.rule} as expected" + ("; the nearest one differs:" if near else "; none came")
        if near:
            left.remove(near)
            yield from (f"  {line}" for line in _differences(one, near, came))
    yield from (f"unexpected: {_told(one, came)}" for one in left)


def _fitting(wanted: WrittenAlert, told: Sequence[Decided], came: Came) -> list[int]:
    return [place for place, one in enumerate(told) if not [*_differences(wanted, one, came)]]


def _differences(wanted: WrittenAlert, decided: Decided, came: Came) -> Iterator[str]:
    alert = decided.decision.alert
    if alert is None:
        return
    fields = {
        "rule": (wanted.rule, alert.rule.id),
        "article": (wanted.article or None, decided.name or "none"),
        "at": (None if wanted.at is None else format_duration(wanted.at), _when(alert, came)),
        "severity": (wanted.severity, alert.rule.severity),
        "group": (wanted.group and sorted(wanted.group), sorted(alert.group)),
    }
    for field, (expected, found) in fields.items():
        if expected is not None and expected != found:
            yield f"{field}: expected {expected}, came {found}"
    parts = {"actors": (wanted.actors, (*alert.actors, *alert.group)), "topics": (wanted.topics, alert.topics)}
    for field, (names, found_names) in parts.items():
        if names and not set(names) <= set(found_names):
            yield f"{field}: expected {', '.join(names)}, came {', '.join(found_names) or 'none'}"
    if wanted.summary not in alert.summary:
        yield f"summary: expected {wanted.summary!r} in it, came {alert.summary!r}"


def _told(decided: Decided, came: Came) -> str:
    decision, name = decided
    when = f" at {_when(decision.alert, came)}" if decision.alert else ""
    return f"an alert of rule {decision.rule.id}{when}" + (f", by article {name}" if name else "")


def _when(alert: Alert, came: Came) -> str:
    return format_duration(round(alert.time.event - came.began, 3))


def _held_back(test: WrittenTest, came: Came) -> Iterator[str]:
    for wanted in test.held_back:
        found = [d for d, name in came.decided if (d.rule.id, name) == (wanted.rule, wanted.article)]
        if all(decision.outcome is not wanted.why for decision in found):
            what = ", ".join(decision.outcome for decision in found) or "does not fit the rule"
            yield f"article {wanted.article} and rule {wanted.rule}: expected {wanted.why}, came {what}"


def _why_not(test: WrittenTest, why: Mapping[tuple[str, str], Why]) -> Iterator[str]:
    for wanted in test.why_not:
        failed = [condition.condition for condition in _failed(why[wanted.rule, wanted.article])]
        if not any(wanted.condition in condition for condition in failed):
            what = "; ".join(failed) or "all conditions hold"
            about = f"article {wanted.article} and rule {wanted.rule}"
            yield f"{about}: expected {wanted.condition!r} to fail, failed: {what}"


def _failed(why: Why) -> Iterator[Why]:
    if not why.passed and not why.parts:
        yield why
    for part in why.parts:
        yield from _failed(part)
