"""Routes: which Kafka topics of their own alerts go to, by what their rules say of themselves."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from alerts.rules.written import ROUTE, WrittenRule, as_list
from alerts.severity import Severity


class WrittenRoute(BaseModel):
    """Where alerts go, besides to all others; of rules that are all that it says, those whatever that says nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    to: Annotated[str, Field(pattern=ROUTE, description="The route; its Kafka topic is marsad.alerts.<to>")]
    severity: Annotated[Severity, Field(description="Of rules that matter at least so much")] = Severity.INFO
    owner: Annotated[str | None, Field(description="Of rules that this one looks after")] = None
    tags: Annotated[
        tuple[str, ...], BeforeValidator(as_list), Field(description="Of rules that have one of these tags")
    ] = ()

    def takes(self, rule: WrittenRule) -> bool:
        """Tell whether the alerts of a rule go there."""
        owned = self.owner is None or self.owner == rule.owner
        return (
            rule.severity.at_least(self.severity)
            and owned
            and (not self.tags or not set(self.tags).isdisjoint(rule.tags))
        )


def routed(rule: WrittenRule, routes: Iterable[WrittenRoute]) -> WrittenRule:
    """Return a rule with all routes that its alerts take, its own first."""
    taken = dict.fromkeys((*rule.route, *(route.to for route in routes if route.takes(rule))))
    return rule.model_copy(update={"route": tuple(taken)})
