"""Which alerts a receiver wants."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

from alerts.alert import Alert, RuleRef
from alerts.delivery.context import Context
from alerts.rule import Rule
from alerts.rules.written import as_list
from alerts.severity import Severity
from processors.errors import InputError


def _resolved(written: str, info: ValidationInfo[Any]) -> str:
    """Return the id of an actor that is written in any language."""
    if not isinstance(info.context, Context):
        return written
    try:
        return info.context.actor(written)
    except InputError as error:
        raise ValueError(str(error)) from error


Names = Annotated[tuple[str, ...], BeforeValidator(as_list)]
ActorName = Annotated[str, AfterValidator(_resolved)]


class Only(BaseModel):
    """Which alerts a receiver wants: those that meet each of what is given; of a list, any of its members."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rules: Annotated[Names, Field(description="Ids of rules")] = ()
    severity: Annotated[Severity, Field(description="The least that matters")] = Severity.INFO
    tags: Annotated[Names, Field(description="Tags of rules")] = ()
    owners: Annotated[Names, Field(description="Owners of rules")] = ()
    actors: Annotated[
        tuple[ActorName, ...], BeforeValidator(as_list), Field(description="Actors: ids, or names in any language")
    ] = ()

    def takes(self, alert: Alert) -> bool:
        """Tell whether an alert is wanted."""
        return self.takes_rule(alert.rule) and (
            not self.actors or not {*self.actors}.isdisjoint((*alert.actors, *alert.group))
        )

    def takes_rule(self, rule: Rule | RuleRef) -> bool:
        """Tell whether alerts of a rule may be wanted."""
        return (
            (not self.rules or rule.id in self.rules)
            and rule.severity.at_least(self.severity)
            and (not self.tags or not {*self.tags}.isdisjoint(rule.tags))
            and (not self.owners or rule.owner in self.owners)
        )

    def __str__(self) -> str:
        """Say it in words."""
        said = [f"of severity {self.severity} or more"] if self.severity is not Severity.INFO else []
        lists = {"of rule": self.rules, "tagged": self.tags, "owned by": self.owners, "about": self.actors}
        said += [f"{what} {' or '.join(names)}" for what, names in lists.items() if names]
        return ", ".join(said) or "of every kind"
