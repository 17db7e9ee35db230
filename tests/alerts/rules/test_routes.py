"""Where alerts go besides to all others."""

import pytest

from alerts.rules.routes import WrittenRoute, routed
from alerts.rules.written import WrittenRule

RULE = {"id": "drills", "pair": ["Russia", "China"], "severity": "high", "owner": "desk", "tags": ["drills", "sea"]}


@pytest.mark.parametrize(
    ("route", "taken"),
    [
        pytest.param({}, True, id="all"),
        pytest.param({"severity": "medium"}, True, id="as much or more"),
        pytest.param({"severity": "critical"}, False, id="less"),
        pytest.param({"owner": "desk"}, True, id="owner"),
        pytest.param({"owner": "other"}, False, id="another owner"),
        pytest.param({"tags": "sea"}, True, id="a tag"),
        pytest.param({"tags": ["air", "sea"]}, True, id="one of two tags"),
        pytest.param({"tags": ["air"]}, False, id="no such tag"),
        pytest.param({"tags": ["sea"], "owner": "other"}, False, id="all of it must fit"),
    ],
)
def test_a_route_takes_rules_by_what_they_say_of_themselves(route: dict[str, object], *, taken: bool) -> None:
    rule = WrittenRule.model_validate(RULE)
    assert WrittenRoute.model_validate({"to": "x", **route}).takes(rule) is taken


def test_a_rules_own_routes_come_first_and_none_twice() -> None:
    rule = WrittenRule.model_validate({**RULE, "route": ["own", "x"]})
    assert routed(rule, [WrittenRoute(to="x"), WrittenRoute(to="y")]).route == ("own", "x", "y")
