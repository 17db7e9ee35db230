"""Whether what is there in the end is what is known to have to be there."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from math import ceil
from operator import attrgetter
from typing import Any, Final

import msgspec

from processors.counts import Counts
from tests.crash.generator import LARGEST, Version
from tests.crash.observed import Observed, Seen
from tests.crash.outcome import ExpectedAlert, Outcome

SOURCES_OFF_BY: Final = 0.05
"""Distinct sources are estimated with a standard error of 0.81 %; this is six times that."""

_NONE: Final = Counts()


class Check(msgspec.Struct, frozen=True):
    """One thing that was checked: how many there had to be and were, how many came again, and what is wrong."""

    name: str
    expected: int
    found: int
    again: int
    differences: list[str]


def verify(outcome: Outcome, observed: Observed) -> list[Check]:
    """Check everything."""
    return [
        check_feed(outcome, observed),
        check_counts(outcome, observed),
        *check_alerts(outcome, observed),
        check_held_back(outcome, observed),
        check_tagged(outcome, observed),
        check_dead(outcome, observed),
        check_rest(observed),
    ]


def check_feed(outcome: Outcome, observed: Observed) -> Check:
    """Check that the broker has all that was fed, each key's messages in order of their first appearance."""
    there: defaultdict[bytes, dict[bytes, None]] = defaultdict(dict)
    partitions: defaultdict[bytes, set[int]] = defaultdict(set)
    for record in _in_order(observed.articles):
        there[record.key].setdefault(record.value)
        partitions[record.key].add(record.partition)
    differences = [
        f"message {key.decode()}: {len(there[key])} values in partitions {sorted(partitions[key])}, "
        f"not these {len(values)} in their order in one"
        for key, values in outcome.fed.items()
        if tuple(there[key]) != values or len(partitions[key]) != 1
    ]
    differences += [f"message {key!r} was not fed" for key in there.keys() - outcome.fed.keys()]
    again = len(observed.articles) - outcome.messages
    return Check("messages fed", outcome.messages, len(observed.articles) - max(0, again), again, differences)


def check_counts(outcome: Outcome, observed: Observed) -> Check:
    """Check that articles and stories are counted exactly, and distinct sources within the stated error."""
    differences = []
    for name in sorted(outcome.counts.keys() | observed.counts.keys()):
        expected, found = outcome.counts.get(name, _NONE), observed.counts.get(name, _NONE)
        if (expected.articles, expected.stories) != (found.articles, found.stories):
            differences.append(f"{name}: {_told(found)} counted, {_told(expected)} expected")
        elif abs(expected.sources - found.sources) > ceil(SOURCES_OFF_BY * expected.sources):
            differences.append(f"{name}: {found.sources} sources counted, {expected.sources} expected")
    total = sum(counts != _NONE for counts in observed.counts.values())
    return Check("subjects counted", len(outcome.counts), total, 0, differences)


def check_alerts(outcome: Outcome, observed: Observed) -> list[Check]:
    """Check that every alert is there, says what it must, and came in order."""
    first: dict[str, Seen] = {}
    wrong: list[str] = []
    order: list[str] = []
    numbers: Counter[tuple[str, str]] = Counter()
    for record in _in_order(observed.alerts):
        alert = msgspec.json.decode(record.value)
        name = alert["id"]
        if name in first:
            wrong += _unlike(name, first[name], record)
            continue
        first[name] = record
        wrong += _wrong(name, record, alert, outcome.alerts.get(name))
        line = (alert["rule"]["id"], record.key.decode())
        numbers[line] += 1
        if alert["sequence"] != numbers[line]:
            order.append(f"alert {name} of {line}: sequence {alert['sequence']} came as number {numbers[line]}")
            numbers[line] = alert["sequence"]
    missing = [f"alert {name} of {outcome.alerts[name].rule.id} is missing" for name in outcome.alerts.keys() - first]
    again = len(observed.alerts) - len(first)
    return [
        Check("alerts", len(outcome.alerts), len(first), again, [*missing, *wrong]),
        Check("alerts in order", len(outcome.alerts), len(first) - len(order), 0, order + _scattered(observed.alerts)),
    ]


def check_held_back(outcome: Outcome, observed: Observed) -> Check:
    """Check that every article whose story had raised its alert already is on the audit topic."""
    fired = {alert["id"]: alert["evidence"][0]["article_id"] for alert in _decoded(observed.alerts)}
    held: defaultdict[str, set[str]] = defaultdict(set)
    differences = []
    for entry in _decoded(observed.audit):
        held[entry["id"]].add(entry["article_id"])
        if entry["reason"] != "story":
            differences.append(
                f"alert {entry['id']} was held back for {entry['reason']}, article {entry['article_id']}"
            )
    expected = {name: alert.articles - {fired[name]} for name, alert in outcome.alerts.items() if name in fired}
    differences += [
        f"alert {name}: held back for articles {sorted(held[name])}, not for {sorted(expected.get(name, ()))}"
        for name in sorted(expected.keys() | held.keys())
        if held[name] != expected.get(name, set())
    ]
    found = sum(map(len, held.values()))
    return Check("held back", sum(map(len, expected.values())), found, len(observed.audit) - found, differences)


def check_tagged(outcome: Outcome, observed: Observed) -> Check:
    """Check that every version of every article is there with its tags and its story."""
    found = set()
    differences = []
    for record, tagged in zip(observed.tagged, _decoded(observed.tagged), strict=True):
        name = (tagged["id"], tagged["version"])
        found.add(name)
        if record.key.decode() != tagged["id"]:
            differences.append(f"tagged article {tagged['id']} has the key {record.key!r}")
        if name not in outcome.tagged:
            differences.append(f"tagged article {name} was never fed")
        elif (story := _tags(tagged)) != (expected := _tags_of(outcome.tagged[name])):
            differences.append(f"tagged article {name}: {story}, not {expected}")
    differences += [f"tagged article {name} is missing" for name in outcome.tagged.keys() - found]
    delivered = sum(record.key not in outcome.dead for record in observed.articles)
    return Check("tagged versions", len(outcome.tagged), len(found), len(observed.tagged) - delivered, differences)


def check_dead(outcome: Outcome, observed: Observed) -> Check:
    """Check that what is no article is among the dead letters, whence it came and why."""
    expected = {
        f"{record.partition}@{record.offset}": (str(outcome.dead[record.key]), record.value[:LARGEST])
        for record in observed.articles
        if record.key in outcome.dead
    }
    found: dict[str, tuple[str, bytes]] = {}
    differences = []
    for letter in observed.dead:
        origin = f"{letter.headers['source-partition']}@{letter.headers['source-offset']}"
        found[origin] = (letter.headers["reason"], letter.value)
        if found[origin] != expected.get(origin):
            why = expected[origin][0] if origin in expected else "not expected"
            differences.append(f"dead letter from {origin}: {found[origin][0]} ({why}), {len(letter.value)} bytes")
    differences += [f"dead letter from {origin} is missing" for origin in expected.keys() - found.keys()]
    return Check("dead letters", len(expected), len(found), len(observed.dead) - len(found), differences)


def check_rest(observed: Observed) -> Check:
    """Check that nothing is left to do."""
    left = (observed.standing.lag or 0) + (observed.standing.waiting or 0)
    return Check("left to do", 0, left, 0, [] if observed.standing.done else [f"left to do: {observed.standing}"])


def _in_order(records: list[Seen]) -> list[Seen]:
    return sorted(records, key=attrgetter("partition", "offset"))


def _decoded(records: list[Seen]) -> Iterable[dict[str, Any]]:
    return (msgspec.json.decode(record.value) for record in records)


def _told(counts: Counts) -> str:
    return f"{counts.articles} articles and {counts.stories} stories"


def _unlike(name: str, first: Seen, again: Seen) -> list[str]:
    if first.key != again.key:
        return [f"alert {name} came again with the key {again.key!r}, not {first.key!r}"]
    if _lasting(first) != _lasting(again):
        return [f"alert {name} came again with another content"]
    return []


def _lasting(record: Seen) -> dict[str, Any]:
    """Return an alert without what tells of the moment it was detected."""
    alert: dict[str, Any] = msgspec.json.decode(record.value)
    return alert | {"counts": None, "time": alert["time"] | {"detected": None}}


def _wrong(name: str, record: Seen, alert: dict[str, Any], expected: ExpectedAlert | None) -> list[str]:
    if expected is None:
        return [f"alert {name} of {alert['rule']['id']} for story {alert['story']} is not expected"]
    says = (alert["rule"]["id"], tuple(alert["pair"]), frozenset(alert["topics"]), alert["story"])
    must = (expected.rule.id, expected.rule.pair, expected.topics, expected.story)
    where = (record.key.decode(), record.headers.get("ce_id"))
    problems = [] if says == must else [f"alert {name} says {says}, not {must}"]
    if where != (expected.rule.key, name):
        problems.append(f"alert {name} has the key and id {where}, not {(expected.rule.key, name)}")
    return problems


def _scattered(records: list[Seen]) -> list[str]:
    partitions: defaultdict[bytes, set[int]] = defaultdict(set)
    for record in records:
        partitions[record.key].add(record.partition)
    return [f"key {key!r} is in the partitions {sorted(p)}, not in one" for key, p in partitions.items() if len(p) > 1]


def _tags(tagged: dict[str, Any]) -> tuple[str, list[str], list[str]]:
    return (
        tagged["story"],
        sorted(actor["id"] for actor in tagged["actors"]),
        sorted(topic["id"] for topic in tagged["topics"]),
    )


def _tags_of(version: Version) -> tuple[str, list[str], list[str]]:
    return version.story, sorted(version.named.actors), sorted(version.named.topics)
