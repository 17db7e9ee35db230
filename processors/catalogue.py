"""The catalogue: the actors and topics that Marsad knows, and every way to write them."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from processors.errors import ConfigError
from processors.yamlfile import load_yaml

Entry = TypeVar("Entry")
Forms = dict[str, list[str]]
ACTOR_FILES = ("states.yaml", "people.yaml", "organisations.yaml")
TOPIC_FILES = ("topics.yaml",)


class How(StrEnum):
    """In what way a text names an actor or a topic."""

    NAME = "name"
    ABBREVIATION = "abbreviation"
    DEMONYM = "demonym"
    CAPITAL = "capital"
    SEAT = "seat"
    PERSON = "person"
    ORGANISATION = "organisation"
    TOPIC = "topic"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Role(_Model):
    """What ties a person to a state or an organisation, and when."""

    of: str
    role: str
    since: date | None = None
    until: date | None = None

    def in_force(self, day: date) -> bool:
        """Tell whether the role was held on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Actor(_Model):
    """A state, a person or an organisation."""

    id: Annotated[str, Field(pattern=r"^(state|person|org)/[A-Za-z0-9-]+$")]
    wikidata: str | None = None
    labels: dict[str, str]
    name: Forms = {}
    abbreviation: Forms = {}
    demonym: Forms = {}
    capital: Forms = {}
    seat: Forms = {}
    roles: tuple[Role, ...] = ()

    def forms(self) -> list[tuple[How, str, str]]:
        """Return every way to write the actor, as (how, language, alias)."""
        named = {"person": How.PERSON, "org": How.ORGANISATION}.get(self.id.partition("/")[0], How.NAME)
        groups = [
            (named, self.name),
            (named if named is not How.NAME else How.ABBREVIATION, self.abbreviation),
            (How.DEMONYM, self.demonym),
            (How.CAPITAL, self.capital),
            (How.SEAT, self.seat),
        ]
        return [(how, lang, alias) for how, forms in groups for lang, aliases in forms.items() for alias in aliases]


class Topic(_Model):
    """A subject of articles: weighted terms that together reach a threshold, or a parent of such."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    parent: str | None = None
    labels: dict[str, str]
    threshold: Annotated[float, Field(gt=0)] = 1.0
    terms: dict[str, dict[str, Annotated[float, Field(gt=0)]]] = {}


class Catalogue:
    """Actors and topics by id."""

    def __init__(self, actors: list[Actor], topics: list[Topic]) -> None:
        self.actors = {actor.id: actor for actor in actors}
        self.topics = {topic.id: topic for topic in topics}

    def ancestors(self, topic: str) -> list[str]:
        """Return `topic` and the topics above it, nearest first."""
        chain: list[str] = []
        current: str | None = topic
        while current is not None and current not in chain:
            chain.append(current)
            current = self.topics[current].parent
        return chain

    def label(self, name: str, lang: str = "en") -> str:
        """Return what people call an actor or a topic, in `lang` where the catalogue has it, else in English."""
        entry = self.actors.get(name) or self.topics.get(name)
        if entry is None:
            return name
        return entry.labels.get(lang) or entry.labels.get("en") or name


def load_catalogue(folder: Path) -> Catalogue:
    """Read the catalogue's files in `folder`; raise ConfigError that lists every problem."""
    problems: list[str] = []
    actors = _read(folder, ACTOR_FILES, TypeAdapter(list[Actor]), problems)
    topics = _read(folder, TOPIC_FILES, TypeAdapter(list[Topic]), problems)
    problems += _inconsistencies(folder, actors, topics)
    if problems:
        raise ConfigError("\n".join(problems))
    return Catalogue(actors, topics)


def _read(folder: Path, names: tuple[str, ...], adapter: TypeAdapter[list[Entry]], problems: list[str]) -> list[Entry]:
    entries: list[Entry] = []
    for path in (folder / name for name in names):
        try:
            entries += adapter.validate_python(load_yaml(path))
        except ValidationError as error:
            problems += [f"{path}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        except (OSError, yaml.YAMLError, ConfigError) as error:
            problems.append(f"{path}: {error}")
    return entries


def _inconsistencies(folder: Path, actors: list[Actor], topics: list[Topic]) -> list[str]:
    ids = [*(actor.id for actor in actors), *(topic.id for topic in topics)]
    known = set(ids)
    problems = [f"{folder}: {name} is there twice" for name in sorted({i for i in ids if ids.count(i) > 1})]
    problems += [
        f"{folder}: {actor.id} has a role of {role.of}, which is not in the catalogue"
        for actor in actors
        for role in actor.roles
        if role.of not in known
    ]
    problems += [
        f"{folder}: topic {topic.id} is below {topic.parent}, which is not in the catalogue"
        for topic in topics
        if topic.parent is not None and topic.parent not in known
    ]
    return problems
