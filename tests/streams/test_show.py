"""How alerts look in a terminal."""

import io

from rich.console import Console

from alerts.alert import AlertCounts
from alerts.kinds.model import Absence, Threshold
from alerts.making import alert_of, alert_of_silence
from alerts.rule import Fit, Rule, Why
from processors.counts import Counts, ToCount
from processors.tagging import Tagger
from streams.show import AlertPrinter
from tests.makers import NOON, make_article, make_rule

BOTH = ("state/KP", "state/RU")
DAY = 86_400.0


def shown(tagger: Tagger, alert: object) -> str:
    console = Console(file=io.StringIO(), width=200, highlight=False)
    AlertPrinter(tagger.catalogue, "en", console).show(alert)  # type: ignore[arg-type]  # an alert
    text = console.file.getvalue()  # type: ignore[attr-defined]  # a StringIO
    return str(text).replace("\u2068", "").replace("\u2069", "")


def of_article(tagger: Tagger, rule: Rule) -> str:
    fit = Fit(rule, BOTH, BOTH, ("military-cooperation",), Why("within article", passed=True, found="0 words apart"))
    item = ToCount(tagger.tag(make_article(title="A visit")), "s1")
    return shown(tagger, alert_of(fit, item, AlertCounts.of(Counts(5, 3, 2), DAY), NOON, tagger.catalogue.label))


def test_an_alert_shows_whom_why_how_often_and_the_passage(tagger: Tagger) -> None:
    text = of_article(tagger, make_rule(Threshold(threshold=3)))
    assert "North Korea + Russia" in text
    assert "A visit" in text
    assert "0 words apart; at least 3 stories within 24h (3 or more)" in text
    assert "in the last 24h: 5 articles, 3 stories, 2 sources" in text
    assert "“Russia and North Korea agreed on military cooperation.”" in text


def test_an_absence_shows_whom_it_misses_and_how_many_came(tagger: Tagger) -> None:
    rule = make_rule(Absence(absence=DAY, fewer_than=2), groups=(BOTH,))
    text = shown(tagger, alert_of_silence(rule, BOTH, (NOON - DAY, NOON), 1, NOON, tagger.catalogue.label))
    assert "North Korea + Russia" in text
    assert "fewer than 2 stories within 24h (1)" in text
