"""Alerts for a terminal, readable also where they quote text that runs from right to left."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from alerts.alert import Alert, Evidence
from alerts.rule import Why
from alerts.severity import Severity
from processors.catalogue import Catalogue
from processors.durations import format_duration

_STYLES = {
    Severity.INFO: "blue",
    Severity.LOW: "green",
    Severity.MEDIUM: "yellow",
    Severity.HIGH: "red",
    Severity.CRITICAL: "bold white on red",
}


def isolated(text: str) -> str:
    """Return `text` so that its direction leaves the line around it alone (Unicode isolates, UAX 9)."""
    return f"\u2068{text}\u2069"


_SAID: Final = ("names ", "has any of these topics", "is not about sport")
"""How conditions begin that an alert's actors and topics tell of."""


class AlertPrinter:
    """Prints alerts one below the other."""

    def __init__(self, catalogue: Catalogue, lang: str, console: Console | None = None) -> None:
        self._catalogue = catalogue
        self._lang = lang
        self._console = console or Console(highlight=False)

    def show(self, alert: Alert) -> None:
        """Print one alert: what, when, why, the passages that show it, and the link."""
        whom = " + ".join(self._label(name) for name in alert.actors or alert.group) or alert.rule.id
        when = datetime.fromtimestamp(alert.time.event, UTC).strftime("%Y-%m-%d %H:%M UTC")
        head = Text.assemble(
            (f" {alert.rule.severity.upper()} ", _STYLES[alert.rule.severity]), "  ", (whom, "bold"),
            ("  " + when, "dim"),
        )  # fmt: skip
        self._console.print(head)
        self._line(Text(isolated(alert.title or alert.summary), "italic"))
        self._line(Text.assemble(("why: ", "dim"), self._why(alert)))
        for sentence, passages in _by_sentence(alert.evidence).items():
            self._line(_marked(sentence, passages))
        for url in dict.fromkeys(e.url or e.article_id for e in alert.evidence):
            self._console.print(Text.assemble("  ", (url, "underline")), soft_wrap=True)
        self._console.print()

    def _why(self, alert: Alert) -> str:
        topics = ", ".join(self._label(topic) for topic in alert.topics)
        said = [f"rule {alert.rule.id}" + (f", on {topics}" if topics else ""), *_met(alert.why)]
        if alert.counts:
            counts, window = alert.counts, format_duration(alert.counts.window)
            said.append(
                f"in the last {window}: {counts.articles} articles, {counts.stories} stories, {counts.sources} sources"
            )
        return "; ".join(said)

    def _label(self, name: str) -> str:
        return isolated(self._catalogue.label(name, self._lang))

    def _line(self, text: Text) -> None:
        self._console.print(Padding(text, (0, 0, 0, 2)))


def _met(why: Why) -> Iterator[str]:
    """Yield the conditions that were met, but for those that the rest of what is shown says."""
    if why.passed and not why.parts and not why.condition.startswith(_SAID):
        near = why.condition.startswith("within ") and why.found
        yield why.found if near else why.condition + (f" ({why.found})" if why.found else "")
    for part in why.parts:
        yield from _met(part)


def _by_sentence(evidence: tuple[Evidence, ...]) -> dict[str, list[str]]:
    sentences: dict[str, list[str]] = {}
    for passage in evidence:
        sentences.setdefault(passage.sentence, []).append(passage.text)
    return sentences


def _marked(sentence: str, passages: list[str]) -> Text:
    text = Text(f"\u2068“{sentence}”\u2069")
    text.highlight_words(passages, "bold cyan")
    return text
