"""A verifier that cannot fail is worth nothing: each thing that may go wrong is noticed."""

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any
from zlib import crc32

import msgspec
import pytest
from msgspec.structs import replace

from processors.counts import Counts
from processors.tagging import Tagger
from tests.crash.generator import LARGEST, Generator, Plan, Version
from tests.crash.observed import Observed, Seen
from tests.crash.outcome import Outcome, known_outcome
from tests.crash.run import PARTITIONS
from tests.crash.verify import verify
from tests.crash.watch import Standing
from tests.makers import NOON

Change = Callable[[Observed], Observed]


@pytest.fixture(scope="module")
def plan(tagger: Tagger) -> Plan:
    return Generator(7, NOON, tagger.catalogue).plan(1_000)


@pytest.fixture(scope="module")
def outcome(plan: Plan) -> Outcome:
    return known_outcome(plan)


class Log:
    """A Kafka topic as it would stand on a broker."""

    def __init__(self) -> None:
        self.records: list[Seen] = []
        self._ends: Counter[int] = Counter()

    def put(self, key: bytes, value: bytes, headers: dict[str, str] | None = None) -> Seen:
        partition = crc32(key) % PARTITIONS
        self.records.append(Seen(partition, self._ends[partition], key, value, headers or {}))
        self._ends[partition] += 1
        return self.records[-1]


@pytest.fixture(scope="module")
def right(plan: Plan, outcome: Outcome) -> Observed:
    """What is there when everything went right."""
    articles, tagged, alerts, audit, dead = (Log() for _ in range(5))
    versions = {version.wire(): version for version in plan.versions}
    for message in plan.messages:
        record = articles.put(message.key, message.value)
        if message.key in plan.poison:
            origin = {"source-partition": str(record.partition), "source-offset": str(record.offset)}
            dead.put(b"", message.value[:LARGEST], {"reason": str(plan.poison[message.key]), **origin})
        else:
            tagged.put(message.key, _tagged(versions[message.value]))
    _put_alerts(outcome, alerts, audit)
    done = Standing(0, 0)
    records = (articles.records, tagged.records, alerts.records, audit.records, dead.records)
    return Observed(*records, counts=outcome.counts, standing=done)


def _tagged(version: Version) -> bytes:
    article, what = version.article, version.named
    tags = {"actors": _ids(what.actors), "topics": _ids(what.topics)}
    return _json(id=article.id, version=article.version, story=version.story, **tags)


def _put_alerts(outcome: Outcome, alerts: Log, audit: Log) -> None:
    sequence: Counter[str] = Counter()
    for name, alert in outcome.alerts.items():
        fired, *others = sorted(alert.articles)
        sequence[alert.rule.id] += 1
        value = _json(
            id=name,
            rule={"id": alert.rule.id},
            pair=alert.rule.pair,
            topics=sorted(alert.topics),
            story=alert.story,
            counts={"articles": 1},
            time={"event": NOON, "detected": NOON},
            evidence=[{"article_id": fired}],
            sequence=sequence[alert.rule.id],
        )
        alerts.put(alert.rule.key.encode(), value, {"ce_id": name})
        for article in others:
            audit.put(alert.rule.key.encode(), _json(id=name, reason="story", article_id=article))


def _ids(names: frozenset[str]) -> list[dict[str, str]]:
    return [{"id": name} for name in names]


def _json(**fields: object) -> bytes:
    return msgspec.json.encode(fields)


def _changed(record: Seen, **fields: object) -> Seen:
    value: dict[str, Any] = msgspec.json.decode(record.value)
    return replace(record, value=msgspec.json.encode(value | fields))


def _later(record: Seen) -> Seen:
    return replace(record, offset=record.offset + 1_000_000)


def _counts(observed: Observed, counts: Counts | None, name: str = "actor:state/RU") -> Observed:
    others = {subject: found for subject, found in observed.counts.items() if subject != name}
    return replace(observed, counts=others | ({} if counts is None else {name: counts}))


def _off(observed: Observed, articles: int = 0, stories: int = 0, sources: int = 0) -> Observed:
    there = observed.counts["actor:state/RU"]
    return _counts(observed, Counts(there.articles + articles, there.stories + stories, there.sources + sources))


def _swapped(records: list[Seen]) -> list[Seen]:
    """Swap the first two alerts of one key and rule."""
    first = records[0]
    rule = msgspec.json.decode(first.value)["rule"]
    second = next(r for r in records[1:] if r.key == first.key and msgspec.json.decode(r.value)["rule"] == rule)
    others = [record for record in records if record not in (first, second)]
    return [replace(first, offset=second.offset), replace(second, offset=first.offset), *others]


def _revised_first(records: list[Seen]) -> list[Seen]:
    """Swap the two versions of one article."""
    versions: defaultdict[bytes, set[bytes]] = defaultdict(set)
    for record in records:
        versions[record.key].add(record.value)
    key, values = next((key, values) for key, values in versions.items() if len(values) == 2)
    swapped = dict(zip(values, reversed([*values]), strict=True))
    return [replace(r, value=swapped[r.value]) if r.key == key else r for r in records]


def test_what_went_right_has_no_differences(outcome: Outcome, right: Observed) -> None:
    checks = verify(outcome, right)
    assert [difference for check in checks for difference in check.differences] == []
    assert all(check.found == check.expected for check in checks)


@pytest.mark.parametrize(
    ("check", "change"),
    [
        pytest.param("alerts", lambda o: replace(o, alerts=o.alerts[1:]), id="an alert is missing"),
        pytest.param(
            "alerts",
            lambda o: replace(o, alerts=[*o.alerts, _changed(_later(o.alerts[0]), id="0")]),
            id="an alert is not expected",
        ),
        pytest.param(
            "alerts",
            lambda o: replace(o, alerts=[replace(o.alerts[0], key=b"other"), *o.alerts[1:]]),
            id="an alert has another key",
        ),
        pytest.param(
            "alerts",
            lambda o: replace(o, alerts=[*o.alerts, replace(_later(o.alerts[0]), key=b"other")]),
            id="an alert comes again with another key",
        ),
        pytest.param(
            "alerts",
            lambda o: replace(o, alerts=[*o.alerts, _changed(_later(o.alerts[0]), sequence=99)]),
            id="an alert comes again with another content",
        ),
        pytest.param(
            "alerts",
            lambda o: replace(o, alerts=[_changed(o.alerts[0], topics=["trade", "space"]), *o.alerts[1:]]),
            id="an alert names other topics",
        ),
        pytest.param("alerts in order", lambda o: replace(o, alerts=_swapped(o.alerts)), id="a key is out of order"),
        pytest.param(
            "alerts in order",
            lambda o: replace(o, alerts=[*o.alerts, replace(o.alerts[0], partition=o.alerts[0].partition + 1)]),
            id="a key is in two partitions",
        ),
        pytest.param("subjects counted", lambda o: _off(o, articles=1), id="an article is counted twice"),
        pytest.param("subjects counted", lambda o: _off(o, articles=-1), id="an article is not counted"),
        pytest.param("subjects counted", lambda o: _off(o, stories=1), id="a story is counted twice"),
        pytest.param("subjects counted", lambda o: _off(o, sources=30), id="sources are far off"),
        pytest.param("subjects counted", lambda o: _counts(o, None), id="a subject is not counted"),
        pytest.param("subjects counted", lambda o: _counts(o, Counts(1, 1), "pair:a+b"), id="an unknown subject"),
        pytest.param("held back", lambda o: replace(o, audit=o.audit[1:]), id="nothing tells of one held back"),
        pytest.param(
            "held back",
            lambda o: replace(o, audit=[_changed(o.audit[0], reason="cooldown"), *o.audit[1:]]),
            id="held back for another reason",
        ),
        pytest.param("tagged versions", lambda o: replace(o, tagged=o.tagged[1:]), id="a tagged article is missing"),
        pytest.param(
            "tagged versions",
            lambda o: replace(o, tagged=[_changed(o.tagged[0], story="other"), *o.tagged[1:]]),
            id="a tagged article is of another story",
        ),
        pytest.param(
            "tagged versions",
            lambda o: replace(o, tagged=[_changed(o.tagged[0], actors=[]), *o.tagged[1:]]),
            id="a tagged article lacks its actors",
        ),
        pytest.param("dead letters", lambda o: replace(o, dead=o.dead[1:]), id="a dead letter is missing"),
        pytest.param(
            "dead letters",
            lambda o: replace(o, dead=[replace(o.dead[0], headers=o.dead[0].headers | {"reason": "why"}), *o.dead[1:]]),
            id="a dead letter has another reason",
        ),
        pytest.param("messages fed", lambda o: replace(o, articles=o.articles[1:]), id="a message was not fed"),
        pytest.param(
            "messages fed",
            lambda o: replace(o, articles=_revised_first(o.articles)),
            id="a revision was fed before its article",
        ),
        pytest.param("left to do", lambda o: replace(o, standing=Standing(1, 0)), id="an article is not committed"),
        pytest.param("left to do", lambda o: replace(o, standing=Standing(0, 1)), id="an alert is in the outbox"),
        pytest.param("left to do", lambda o: replace(o, standing=Standing(None, 0)), id="the lag is not known"),
    ],
)
def test_what_went_wrong_is_noticed(outcome: Outcome, right: Observed, check: str, change: Change) -> None:
    found = {c.name: c.differences for c in verify(outcome, change(right))}
    assert found[check], found


def test_what_comes_again_as_it_was_is_counted_and_no_difference(outcome: Outcome, right: Observed) -> None:
    moved = _changed(_later(right.alerts[0]), time={"event": NOON, "detected": NOON + 5})
    again = replace(
        right,
        alerts=[*right.alerts, moved],
        dead=[*right.dead, _later(right.dead[0])],
        tagged=[*right.tagged, _later(right.tagged[0])],
    )
    checks = {check.name: check for check in verify(outcome, again)}
    assert not any(check.differences for check in checks.values())
    assert [checks[name].again for name in ("alerts", "dead letters", "tagged versions")] == [1, 1, 1]
