"""The sentence that says what an alert is about: the rule's own, or one that Marsad writes."""

from datetime import UTC, datetime
from typing import NamedTuple

from alerts.alert import AlertCounts
from alerts.rule import Rule
from alerts.rules.summary import rendered
from processors.article import Article


class Told(NamedTuple):
    """What a summary may tell of; actors and topics by their names, and no article where something did not come."""

    actors: tuple[str, ...]
    topics: tuple[str, ...]
    group: str
    title: str
    time: float
    article: Article | None = None
    counts: AlertCounts | None = None


def summarise(rule: Rule, told: Told) -> str:
    """Return one line: the rule's summary with its fields filled in, else whom and what it is about, and the report."""
    if rule.summary:
        return rendered(rule.summary, _fields(rule, told))
    whom = " and ".join(told.actors) or rule.id
    what = f" on {', '.join(told.topics)}" if told.topics else ""
    when = rule.kind.condition(rule.count)
    return whom + what + (f", {when}" if when else "") + (f": {told.title}" if told.title else "")


def _fields(rule: Rule, told: Told) -> dict[str, str]:
    fields = {
        "rule": rule.id,
        "severity": rule.severity.value,
        "owner": rule.owner,
        "actors": ", ".join(told.actors),
        "topics": ", ".join(told.topics),
        "group": told.group,
        "title": told.title,
        "time": datetime.fromtimestamp(told.time, UTC).isoformat(" ", "minutes").removesuffix("+00:00") + " UTC",
    }
    if told.article:
        fields |= {"source": told.article.source, "language": told.article.lang, "url": told.article.url}
    if told.counts:
        counts = told.counts
        fields |= {name: str(getattr(counts, name)) for name in ("articles", "stories", "sources")}
    return fields
