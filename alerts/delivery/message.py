"""An alert in words, for people."""

from datetime import UTC, datetime
from typing import Final, NamedTuple

from alerts.alert import Alert
from processors.durations import format_duration

_LONGEST_TITLE: Final = 250
_MOST_QUOTES: Final = 3


class Message(NamedTuple):
    """A line, and what there is to say below it."""

    title: str
    body: str


def message_of(alert: Alert) -> Message:
    """Return an alert in words: what it is about, the closest passages, how often, and where to read on."""
    title = " ".join(f"[{alert.rule.severity.upper()}] {alert.summary}".split())
    cut = title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1] + "…"
    parts = [alert.title, *_quotes(alert), *_counts(alert), *links(alert), _origin(alert)]
    return Message(cut, "\n".join(part for part in dict.fromkeys(parts) if part))


def links(alert: Alert) -> list[str]:
    """Return the addresses of the articles that an alert quotes."""
    return [*dict.fromkeys(e.url for e in alert.evidence if e.url.startswith(("http://", "https://")))]


def group_of(alert: Alert) -> str:
    """Return the name of an alert's group."""
    return "+".join(alert.group) or alert.rule.id


def _quotes(alert: Alert) -> list[str]:
    sentences = dict.fromkeys(e.sentence for e in alert.evidence if e.sentence != alert.title)
    return [f"“{sentence}”" for sentence in [*sentences][:_MOST_QUOTES]]


def _counts(alert: Alert) -> list[str]:
    counts = alert.counts
    if counts is None:
        return []
    window = format_duration(counts.window)
    return [f"in the last {window}: {counts.articles} articles, {counts.stories} stories, {counts.sources} sources"]


def _origin(alert: Alert) -> str:
    when = datetime.fromtimestamp(alert.time.event, UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"rule {alert.rule.id}, {when}, alert {alert.id}"
