"""Inputs for tests: name only what matters."""

import json
import time
from collections.abc import Callable
from pathlib import Path

from alerts.alert import Alert, AlertCounts, AlertTime, Evidence, RuleRef
from alerts.kinds.model import Kind
from alerts.rule import CountOf, GroupBy, Rule, Why
from alerts.severity import Severity
from processors.article import Article, TimeBasis, digest
from processors.catalogue import How

NOON = 1_700_000_000.0
ABOUT_BOTH = "Russia and North Korea agreed on military cooperation. Moscow hosted the delegation from Pyongyang."
ARABIC_ARTICLE = Path(__file__).parents[2] / "shared" / "articles" / "kim-putin-vostochny.ar.txt"


def make_article(
    *,
    id: str = "a1",  # noqa: A002 - the field's name
    title: str = "",
    body: str = ABOUT_BOTH,
    lang: str = "en",
    source: str = "the-source",
    url: str = "",
    published_at: float = NOON,
) -> Article:
    """Return an article."""
    return Article(
        id=id,
        title=title,
        body=body,
        lang=lang,
        source=source,
        url=url,
        published_at=published_at,
        time_basis=TimeBasis.PUBLISHED,
        version=digest(title, body),
    )


def make_rule(
    kind: Kind,
    *,
    id: str = "watch",  # noqa: A002 - the field's name
    count: CountOf = CountOf.STORIES,
    group_by: GroupBy = GroupBy.PAIR,
    cooldown: float = 0.0,
    max_age: float | None = None,
    groups: tuple[tuple[str, ...], ...] = (),
) -> Rule:
    """Return a compiled rule."""
    return Rule(
        id=id, kind=kind, count=count, group_by=group_by, severity=Severity.MEDIUM, cooldown=cooldown, max_age=max_age,
        owner="the-desk", tags=("east",), summary="", route=(), revision="r1", state="s1", groups=groups,
    )  # fmt: skip


def wire(**fields: object) -> bytes:
    """Return an article as it stands on Kafka."""
    return json.dumps(fields, ensure_ascii=False).encode()


def wait_until(holds: Callable[[], bool], within: float = 60.0) -> None:
    """Wait for a condition; fail when it does not come true in time."""
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline, f"not within {within:g} s: {holds}"
        time.sleep(0.05)


def make_alert(
    *,
    id: str = "4f1c",  # noqa: A002 - the field's name
    rule: str = "watch",
    severity: Severity = Severity.HIGH,
    owner: str = "the-desk",
    tags: tuple[str, ...] = ("east",),
    pair: tuple[str, str] = ("state/KP", "state/RU"),
    detected: float = NOON,
) -> Alert:
    """Return an alert."""
    body = ABOUT_BOTH
    passage = Evidence(
        article_id="a1", url="https://news.example/1?a=1&b=2", source="the-source", lang="en", field="body",
        sentence=body.partition(". ")[0] + ".", start=0, end=6, text="Russia", id="state/RU", how=How.NAME,
    )  # fmt: skip
    return Alert(
        id=id, kind="match", rule=RuleRef(rule, "r1", severity, owner, tags), group=pair, pair=pair, actors=pair,
        topics=("military-cooperation",), summary=f"{' and '.join(pair)} on military-cooperation: A <b>pact</b>",
        title="A <b>pact</b>", story="s1", counts=AlertCounts(86400.0, 3, 2, 1),
        time=AlertTime(NOON, TimeBasis.PUBLISHED, detected), why=Why("names both", passed=True), evidence=(passage,),
    )  # fmt: skip
