"""Merges the parts of the catalogue's files into whole entries."""

from collections.abc import Container, Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from processors.catalogue.files import Located
from processors.catalogue.model import Actor, Period, Role, Topic
from processors.catalogue.parts import GROUPS, ActorPart, Guard, TopicPart, Words
from processors.errors import ConfigError

Forms = dict[str, dict[str, list[str]]]
"""Aliases by group and language."""

Guards = dict[str, dict[str, dict[str, Any]]]
"""Guards by language and alias."""


class Entry(msgspec.Struct):
    """An actor with every way to write it; `made` are the aliases that a script made, which give way to others."""

    actor: Actor
    forms: Forms
    made: Forms
    historic: dict[str, dict[str, list[str]]]
    guards: Guards

    def written(self, *, made: bool) -> Forms:
        """Return the aliases that a script made, or those that people wrote, names of former states among them."""
        if made:
            return self.made
        former = {lang: [a for names in of_lang.values() for a in names] for lang, of_lang in self.historic.items()}
        return {**self.forms, "historic": former}


class TopicEntry(msgspec.Struct):
    """A topic with its weighted terms by language."""

    topic: Topic
    terms: dict[str, list[tuple[float, str]]]


class Entries(msgspec.Struct):
    """The whole catalogue as it is written."""

    actors: list[Entry]
    topics: list[TopicEntry]
    nothing: dict[str, list[str]]
    guards: Guards


def merge(parts: Iterable[Located]) -> Entries:
    """Return whole entries; raise ConfigError that lists everything that fits no other part."""
    actors: dict[str, list[Located]] = {}
    topics: dict[str, list[Located]] = {}
    nothing: dict[str, list[str]] = {}
    guards: Guards = {}
    for located in parts:
        part = located.part
        if isinstance(part, Words):
            for lang, words in part.nothing.items():
                nothing.setdefault(lang, []).extend(words)
            _add_guards(guards, part.guards)
        else:
            (actors if isinstance(part, ActorPart) else topics).setdefault(part.id, []).append(located)
    entries = Entries(
        [_actor(found) for found in actors.values()], [_topic(found) for found in topics.values()], nothing, guards
    )
    if problems := [*_strangers(actors, topics)]:
        raise ConfigError("\n".join(problems))
    return entries


def _actor(found: list[Located]) -> Entry:
    parts = [(located.made, part) for located in found if isinstance(part := located.part, ActorPart)]
    everything = [part for _, part in parts]
    dropped = {(lang, alias) for part in everything for lang, aliases in part.without.items() for alias in aliases}
    forms, made = (_forms([p for by_script, p in parts if by_script is wanted], dropped) for wanted in (False, True))
    historic: dict[str, dict[str, list[str]]] = {}
    guards: Guards = {}
    for part in everything:
        for lang, former in part.historic.items():
            for name, aliases in former.items():
                historic.setdefault(lang, {}).setdefault(name, []).extend(_kept(aliases, lang, dropped))
        _add_guards(guards, part.guards)
    return Entry(_merged_actor(everything, forms, made), forms, made, historic, guards)


def _forms(parts: list[ActorPart], dropped: Container[tuple[str, str]]) -> Forms:
    """Return the aliases of some parts, less those that any part drops."""
    forms: Forms = {group: {} for group in GROUPS}
    for part in parts:
        for group in GROUPS:
            for lang, aliases in getattr(part, group).items():
                forms[group].setdefault(lang, []).extend(_kept(aliases, lang, dropped))
    return forms


def _kept(aliases: Iterable[str], lang: str, dropped: Container[tuple[str, str]]) -> Iterable[str]:
    return (alias for alias in aliases if (lang, alias) not in dropped)


def _add_guards(guards: Guards, written: Mapping[str, Mapping[str, Guard]]) -> None:
    for lang, guarded in written.items():
        of_lang = guards.setdefault(lang, {})
        of_lang.update({alias: guard.model_dump(exclude_defaults=True) for alias, guard in guarded.items()})


def _merged_actor(parts: list[ActorPart], forms: Forms, made: Forms) -> Actor:
    names = {lang: names[0] for kept in (made, forms) for lang, names in kept["name"].items() if names}
    labels = {k: v for part in parts for k, v in part.labels.items()}
    return Actor(
        id=parts[0].id,
        labels=names | labels,
        wikidata=next((part.wikidata for part in reversed(parts) if part.wikidata), None),
        kind=next((part.kind for part in reversed(parts) if part.kind), ""),
        roles=tuple(Role(r.of, r.role, _first(r.since), _last(r.until)) for part in parts for r in part.roles),
        historic={k: Period(_first(p.since), _last(p.until)) for part in parts for k, p in part.periods.items()},
    )


def _first(day: date | int | None) -> date | None:
    """Return a day, or the first of a year."""
    return date(day, 1, 1) if isinstance(day, int) else day


def _last(day: date | int | None) -> date | None:
    """Return a day, or the last of a year."""
    return date(day, 12, 31) if isinstance(day, int) else day


def _topic(found: list[Located]) -> TopicEntry:
    parts = [part for located in found if isinstance(part := located.part, TopicPart)]
    terms: dict[str, list[tuple[float, str]]] = {}
    for part in parts:
        for lang, weighted in part.terms.items():
            terms.setdefault(lang, []).extend((weight, term) for weight, words in weighted.items() for term in words)
    topic = Topic(
        id=parts[0].id,
        labels={lang: label for part in parts for lang, label in part.labels.items()},
        parent=next((part.parent for part in reversed(parts) if part.parent), None),
        threshold=next((part.threshold for part in reversed(parts) if part.threshold), 1.0),
        definition=next((part.definition for part in reversed(parts) if part.definition), ""),
    )
    return TopicEntry(topic, terms)


def _strangers(actors: dict[str, list[Located]], topics: dict[str, list[Located]]) -> Iterable[str]:
    for located in (located for found in (*actors.values(), *topics.values()) for located in found):
        part = located.part
        if isinstance(part, ActorPart):
            for role in part.roles:
                if role.of not in actors:
                    yield f"{located.at('roles')}: {part.id} has a role of {role.of}, which is not in the catalogue"
        elif isinstance(part, TopicPart) and part.parent is not None and part.parent not in topics:
            yield f"{located.where}: topic {part.id} is below {part.parent}, which is not in the catalogue"
