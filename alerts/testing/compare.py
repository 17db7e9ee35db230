"""What came of a test beside what was expected, field by field."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from alerts.alert import Alert
from alerts.decision import Decision
from alerts.outcome import Outcome
from alerts.rule import Why
from alerts.testing.written import WrittenAlert, WrittenTest
from processors.durations import format_duration


class Came(NamedTuple):
    """What came of a test: its decisions, the names of articles by their ids, and when it began."""

    decisions: Sequence[Decision]
    names: Mapping[str, str]
    began: float


def failures(test: WrittenTest, came: Came, why: Mapping[tuple[str, str], Why]) -> list[str]:
    """Return what is otherwise than a test says; `why` are the conditions of rules for articles that it asks for."""
    return [*_alerts(test, came), *_held_back(test, came), *_why_not(test, why)]


def _alerts(test: WrittenTest, came: Came) -> Iterator[str]:
    fired = [d for d in came.decisions if d.outcome is Outcome.FIRED and d.alert]
    left = [*{d.alert.id: d for d in reversed(fired) if d.alert}.values()][::-1]  # one decided again is no other
    missing: list[WrittenAlert] = []
    for wanted in (one for one in test.expect for _ in range(one.count)):
        found = next((d for d in left if not [*_differences(wanted, d, came)]), None)
        if found is None:
            missing.append(wanted)
        else:
            left.remove(found)
    for wanted in missing:
        near = next((d for d in left if d.rule.id == wanted.rule), None)
        yield f"no alert of rule {wanted.rule} as expected" + ("; the nearest one differs:" if near else "; none came")
        if near:
            left.remove(near)
            yield from (f"  {line}" for line in _differences(wanted, near, came))
    yield from (f"unexpected: {_told(decision, came)}" for decision in left)


def _differences(wanted: WrittenAlert, decision: Decision, came: Came) -> Iterator[str]:
    alert = decision.alert
    if alert is None:
        return
    name = came.names.get(decision.article_id, "")
    fields = {
        "rule": (wanted.rule, alert.rule.id),
        "article": (wanted.article or None, name),
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


def _told(decision: Decision, came: Came) -> str:
    alert = decision.alert
    when = f" at {_when(alert, came)}" if alert else ""
    name = came.names.get(decision.article_id, "")
    return f"an alert of rule {decision.rule.id}{when}" + (f", by article {name}" if name else "")


def _when(alert: Alert, came: Came) -> str:
    return format_duration(round(alert.time.event - came.began, 3))


def _held_back(test: WrittenTest, came: Came) -> Iterator[str]:
    for wanted in test.held_back:
        found = [
            d for d in came.decisions if (d.rule.id, came.names.get(d.article_id)) == (wanted.rule, wanted.article)
        ]
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
