"""The catalogue's files as they are written: parts of entries, which several files may hold of one entry."""

from datetime import MAXYEAR, MINYEAR, date
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _two_sides(term: str) -> str:
    if term.count(" ~ ") > 1:
        message = f"{term}: has more than two sides; write a term for each two of them"
        raise ValueError(message)
    return term


Lang = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Alias = Annotated[str, Field(min_length=1, pattern=r"^\S(.*\S)?$")]
Aliases = list[Alias]
Forms = dict[Lang, Aliases]
Term = Annotated[
    Alias, Field(description="Words side by side, or two such with ` ~ ` between that stand near each other")
]
Terms = dict[Lang, dict[float, list[Annotated[Term, AfterValidator(_two_sides)]]]]
GROUPS: Final = ("name", "abbreviation", "demonym", "capital", "seat", "safe", "surname")
"""The keys of an actor that hold aliases."""


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Year = Annotated[int, Field(ge=MINYEAR, le=MAXYEAR)]
Day = date | Year | None


class WrittenRole(_Written):
    """What ties an actor to a state or an organisation, and when; a year may stand for a date."""

    of: str
    role: str = ""
    since: Day = None
    until: Day = None


class WrittenPeriod(_Written):
    """When a former state was there."""

    since: Day = None
    until: Day = None


class Guard(_Written):
    """When an alias that is also something else does not count; a word's `*` stands for any ending."""

    not_after: Annotated[list[str], Field(description="Not directly after one of these words")] = []
    not_before: Annotated[list[str], Field(description="Not directly before one of these words")] = []
    not_person: Annotated[bool, Field(description="Not beside a capitalised word, as in a person's name")] = False
    needs: Annotated[list[str], Field(description="Only with one of these words in the article")] = []
    not_with: Annotated[list[str], Field(description="Not with one of these in the article and none of `needs`")] = []


class ActorPart(_Written):
    """What one file says of an actor."""

    id: Annotated[str, Field(pattern=r"^(state|person|org)/[A-Za-z0-9-]+$")]
    wikidata: Annotated[str | None, Field(pattern=r"^Q[0-9]+$")] = None
    kind: str = ""
    labels: dict[Lang, str] = {}
    roles: list[WrittenRole] = []
    periods: dict[str, WrittenPeriod] = {}
    name: Forms = {}
    abbreviation: Forms = {}
    demonym: Forms = {}
    capital: Forms = {}
    seat: Forms = {}
    safe: Forms = {}
    surname: Forms = {}
    historic: dict[Lang, dict[str, Aliases]] = {}
    without: Forms = {}
    guards: dict[Lang, dict[str, Guard]] = {}


class TopicPart(_Written):
    """What one file says of a topic."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    parent: str | None = None
    labels: dict[Lang, str] = {}
    definition: str = ""
    threshold: Annotated[float | None, Field(gt=0)] = None
    terms: Terms = {}


class Words(_Written):
    """What one file says of words of nobody's own: `nothing` are those that stand for nobody, such as New Jersey."""

    nothing: Forms = {}
    guards: dict[Lang, dict[str, Guard]] = {}


HEAD: Final = ("lang", "made_from")
"""The keys of a file of one language that are no entries: its language, and what a script made it from."""

Part = ActorPart | TopicPart | Words


def of_language(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the entries of a file of one language, each key that holds words under that language."""
    lang = content["lang"]
    entries: list[dict[str, Any]] = []
    for key, value in content.items():
        if key in ("nothing", "guards"):
            entries.append({key: {lang: value}})
        elif "/" in key:
            entries.append({"id": key} | {group: {lang: words} for group, words in (value or {}).items()})
        elif key not in HEAD:
            entries.append({"id": key, "terms": {lang: value}})
    return entries
