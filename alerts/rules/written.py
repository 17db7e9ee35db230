"""A watch rule as it is written: in full, with `match` and `when`, or flat."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    model_validator,
)

from alerts.kinds.model import Absence, Match, New, Threshold
from alerts.rule import CountOf, GroupBy
from alerts.rules.summary import checked_summary
from alerts.rules.within import Within, WrittenWithin
from alerts.severity import Severity
from processors.durations import HOUR, Duration
from processors.zones import Zone

Name = Annotated[str, Field(min_length=1, max_length=200)]
LABEL: Final = r"^[A-Za-z0-9._-]{1,100}$"
ROUTE: Final = r"^[a-z0-9-]{1,50}$"
MOST_NAMES: Final = 200


def as_list(value: object) -> object:
    """Return one name as a list of it."""
    return [value] if isinstance(value, str) else value


def _as_any(value: object) -> object:
    """Return a plain list, or one name, as `any` of them."""
    return {"any": as_list(value)} if isinstance(value, list | str) else value


def _weighted(value: object) -> object:
    """Return a plain list of words as words that weigh 1."""
    return dict.fromkeys(value, 1.0) if isinstance(value, list) and all(isinstance(w, str) for w in value) else value


Names = Annotated[tuple[Name, ...], BeforeValidator(as_list), Field(min_length=1, max_length=MOST_NAMES)]


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Actors(_Written):
    """Which actors an article must name: ids, or names in any language."""

    all: Annotated[Names, Field(description="It names all of these")] = ()
    any: Annotated[Names, Field(description="It names at least one of these")] = ()
    none: Annotated[Names, Field(description="It names none of these")] = ()


class Topics(_Written):
    """Which topics an article must have: ids, or labels in any language; those below a topic count for it."""

    any: Annotated[Names, Field(description="It has at least one of these")] = ()
    all: Annotated[Names, Field(description="It has all of these")] = ()
    none: Annotated[Names, Field(description="It has none of these")] = ()
    min_score: Annotated[float, Field(ge=0, lt=1, description="What a topic's score must reach to count")] = 0.0


class Matching(_Written):
    """What a rule says about one article."""

    pair: Annotated[tuple[Name, Name] | None, Field(description="Two actors that are named together")] = None
    pairs_of: Annotated[
        Annotated[tuple[Name, ...], Field(min_length=2, max_length=50)] | None,
        Field(description="Actors any two of which are named together"),
    ] = None
    actors: Annotated[
        Annotated[Actors, BeforeValidator(_as_any)] | None,
        Field(description="Which actors it names; a plain list: any of them"),
    ] = None
    topics: Annotated[
        Annotated[Topics, BeforeValidator(_as_any)] | None,
        Field(description="Which topics it has; a plain list: any of them"),
    ] = None
    within: Annotated[
        WrittenWithin, Field(description="How close the actors stand: article, paragraph, sentence, or `10 words`")
    ] = Within()
    languages: Annotated[Names, Field(description="The article's language is one of these: en, ar, ...")] = ()
    sources: Annotated[
        Names, Field(description="Its source is one of these, in any case; `*` stands for anything")
    ] = ()
    zones: Annotated[
        tuple[Zone, ...], BeforeValidator(as_list), Field(min_length=1, description="Where its actors and words stand")
    ] = (Zone.TITLE, Zone.BODY)
    words: Annotated[
        dict[Name, float],
        BeforeValidator(_weighted),
        Field(min_length=1, max_length=MOST_NAMES, description="Words of your own, with what each weighs"),
    ] = {}
    min_words: Annotated[float, Field(gt=0, description="What the distinct words found must weigh together")] = 1.0
    sport: Annotated[bool, Field(description="Also articles that are about sport above all")] = False


KINDS: Final[Mapping[str, type[BaseModel]]] = {"threshold": Threshold, "new": New, "absence": Absence}
"""The kinds by the key that tells them."""

TIMES: Final = tuple(name for kind in KINDS.values() for name in kind.model_fields)
"""The keys about time."""


def kind_of(when: object) -> str:
    """Return which kind a mapping of keys about time is of, by the key that tells it."""
    if isinstance(when, Match | Threshold | New | Absence):
        return type(when).__name__.lower()
    found = [name for name in KINDS if isinstance(when, Mapping) and name in when]
    return found[0] if found else "match"


When = Annotated[
    Annotated[Match, Tag("match")]
    | Annotated[Threshold, Tag("threshold")]
    | Annotated[New, Tag("new")]
    | Annotated[Absence, Tag("absence")],
    Discriminator(kind_of),
]


class WrittenRule(_Written):
    """A watch rule. What `match` and `when` hold may also be written at its top level."""

    id: Annotated[str, Field(pattern=LABEL, description="The rule's name, unique in all files")]
    match: Annotated[Matching, Field(description="What it says about one article")] = Matching()
    when: Annotated[When, Field(description="What it says about time; nothing: every article that fits")] = Match()
    severity: Annotated[Severity, Field(description="How much it matters")] = Severity.MEDIUM
    cooldown: Annotated[
        Duration, Field(ge=0, description="How long a group stays quiet after an alert, in event time")
    ] = HOUR
    group_by: Annotated[
        GroupBy | None,
        Field(
            description="What has windows and a cooldown of its own; default: pair where the rule has one, else rule"
        ),
    ] = None
    count: Annotated[CountOf, Field(description="What a window counts")] = CountOf.STORIES
    owner: Annotated[str, Field(max_length=200, description="Who looks after the rule")] = ""
    tags: Annotated[
        tuple[Annotated[str, Field(pattern=LABEL)], ...],
        BeforeValidator(as_list),
        Field(description="Labels for its alerts"),
    ] = ()
    summary: Annotated[
        str,
        AfterValidator(checked_summary),
        Field(max_length=1000, description="One line for its alerts, with fields such as $actors and $title"),
    ] = ""
    route: Annotated[
        tuple[Annotated[str, Field(pattern=ROUTE)], ...],
        BeforeValidator(as_list),
        Field(description="Where else its alerts go"),
    ] = ()
    enabled: Annotated[bool, Field(description="Whether it is in force")] = True
    max_age: Annotated[
        Duration | None, Field(gt=0, description="Articles older than this raise no alert; default: MARSAD_MAX_AGE")
    ] = None

    @model_validator(mode="before")
    @classmethod
    def _in_full(cls, written: object) -> object:
        """Move what is written flat to where it belongs."""
        if not isinstance(written, dict):
            return written
        flat = [key for key in written if key in FLAT]
        if not flat:
            return written
        full: dict[Any, Any] = {key: value for key, value in written.items() if key not in FLAT}
        for key in flat:
            part = full.get(FLAT[key], {})
            if not isinstance(part, dict) or key in part:
                continue  # the one is told as what it is, the other as being there twice
            full[FLAT[key]] = {**part, key: written[key]}
        return full


FLAT: Final = dict.fromkeys(Matching.model_fields, "match") | dict.fromkeys(TIMES, "when")
"""What may be written at the top level of a rule, and where it belongs."""


def twice(written: Mapping[str, Any]) -> list[str]:
    """Return what a rule says flat and in full at once."""
    return [
        key
        for key, part in FLAT.items()
        if key in written and isinstance(written.get(part), dict) and key in written[part]
    ]
