"""What an alert says in one line."""

import msgspec
import pytest

from alerts.alert import AlertCounts
from alerts.kinds.model import Match, Threshold
from alerts.rules.summary import FIELDS
from alerts.summary import Told, summarise
from processors.counts import Counts
from processors.durations import DAY
from tests.makers import NOON, make_article, make_rule

TOLD = Told(
    ("North Korea", "Russia"),
    ("diplomacy",),
    "state/KP+state/RU",
    "A visit",
    NOON,
    make_article(source="wire", url="https://example.org/1"),
    AlertCounts.of(Counts(5, 3, 2), DAY),
)


def test_marsad_writes_a_line_for_rules_that_do_not() -> None:
    assert summarise(make_rule(Match()), TOLD) == "North Korea and Russia on diplomacy: A visit"
    said = summarise(make_rule(Threshold(threshold=3)), TOLD)
    assert said == "North Korea and Russia on diplomacy, at least 3 stories within 24h: A visit"


@pytest.mark.parametrize(
    ("summary", "said"),
    [
        pytest.param("$actors: $title ($source)", "North Korea, Russia: A visit (wire)", id="names and the article"),
        pytest.param("$time $language $url", "2023-11-14 22:13 UTC en https://example.org/1", id="when and where"),
        pytest.param("$articles/$stories/$sources of $group", "5/3/2 of state/KP+state/RU", id="counts"),
        pytest.param("$rule for $owner: $severity", "moscow-pyongyang for desk: medium", id="the rule"),
    ],
)
def test_a_rules_own_line_is_filled_in(summary: str, said: str) -> None:
    rule = msgspec.structs.replace(make_rule(Match()), summary=summary, owner="desk")
    assert summarise(rule, TOLD) == said.replace("moscow-pyongyang", rule.id)


def test_what_is_not_there_is_left_empty() -> None:
    rule = msgspec.structs.replace(make_rule(Match()), summary=" ".join(f"[${name}]" for name in FIELDS))
    assert "[]" in summarise(rule, Told(("Russia",), (), "state/RU", "", NOON))
