"""What the catalogue holds: actors and topics, as the rest of Marsad sees them."""

from datetime import date
from enum import StrEnum

import msgspec


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


class Role(msgspec.Struct, frozen=True):
    """What ties an actor to a state or an organisation, and when."""

    of: str
    role: str = ""
    since: date | None = None
    until: date | None = None

    def in_force(self, day: date) -> bool:
        """Tell whether the role was held on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Period(msgspec.Struct, frozen=True):
    """When a former state was there."""

    since: date | None = None
    until: date | None = None


class Actor(msgspec.Struct, frozen=True):
    """A state, a person or an organisation."""

    id: str
    labels: dict[str, str]
    wikidata: str | None = None
    kind: str = ""
    roles: tuple[Role, ...] = ()
    historic: dict[str, Period] = {}


class Topic(msgspec.Struct, frozen=True):
    """A subject of articles: there when the weights of distinct terms found reach `threshold`."""

    id: str
    labels: dict[str, str]
    parent: str | None = None
    threshold: float = 1.0
    definition: str = ""


class Catalogue:
    """Actors and topics by id, and what people call them."""

    def __init__(self, actors: list[Actor], topics: list[Topic], names: dict[str, str]) -> None:
        """Take `names` as the ids, apart by spaces, of the actors that each alias, in its matching form, stands for."""
        self.actors = {actor.id: actor for actor in actors}
        self.topics = {topic.id: topic for topic in topics}
        self._names = names

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
        return entry.labels.get(lang) or entry.labels.get("en") or next(iter(entry.labels.values()), name)

    def named(self, form: str) -> list[str]:
        """Return the ids of the actors that an alias stands for; `form` is its matching form."""
        return self._names.get(form, "").split()
