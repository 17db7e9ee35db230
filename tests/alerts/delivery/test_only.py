"""Which alerts a receiver wants."""

import pytest

from alerts.delivery.only import Only
from alerts.severity import Severity
from tests.makers import make_alert

ALERT = make_alert(rule="watch", severity=Severity.HIGH, owner="the-desk", tags=("east", "arms"))


@pytest.mark.parametrize(
    ("only", "wanted"),
    [
        pytest.param(Only(), True, id="all"),
        pytest.param(Only(rules=("other", "watch")), True, id="one of the rules"),
        pytest.param(Only(rules=("other",)), False, id="another rule"),
        pytest.param(Only(severity=Severity.HIGH), True, id="just enough"),
        pytest.param(Only(severity=Severity.LOW), True, id="more than enough"),
        pytest.param(Only(severity=Severity.CRITICAL), False, id="too little"),
        pytest.param(Only(tags=("west", "arms")), True, id="one of the tags"),
        pytest.param(Only(tags=("west",)), False, id="another tag"),
        pytest.param(Only(owners=("the-desk",)), True, id="the owner"),
        pytest.param(Only(owners=("another",)), False, id="another owner"),
        pytest.param(Only(actors=("state/RU",)), True, id="one of the actors"),
        pytest.param(Only(actors=("state/US",)), False, id="another actor"),
        pytest.param(Only(rules=("watch",), tags=("west",)), False, id="all must hold"),
    ],
)
def test_an_alert_is_wanted_when_each_filter_lets_it_through(only: Only, wanted: bool) -> None:  # noqa: FBT001 - a table
    assert only.takes(ALERT) is wanted


def test_a_filter_says_in_words_what_it_wants() -> None:
    only = Only(severity=Severity.HIGH, tags=("east", "arms"), actors=("state/RU",))
    assert str(only) == "of severity high or more, tagged east or arms, about state/RU"
    assert str(Only()) == "of every kind"
