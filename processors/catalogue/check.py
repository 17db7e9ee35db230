"""What is doubtful in a catalogue: each finding with its file and line."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from processors.catalogue.common import is_common
from processors.catalogue.files import Located
from processors.catalogue.parts import GROUPS, ActorPart, Words
from processors.normalise import normalise

_PLAIN: Final = ("name", "abbreviation", "capital", "safe")
"""Groups whose aliases may be common words by accident; adjectives are words of their language anyway."""

_NAMING: Final = (*_PLAIN, "demonym")
"""Groups in which an alias should stand for one actor."""


class _Written(NamedTuple):
    """An alias where it is written; `made` by a script."""

    actor: str
    group: str
    lang: str
    alias: str
    where: str
    file: Path
    made: bool
    guarded: bool


def findings(parts: Sequence[Located]) -> list[str]:
    """Return everything doubtful, in the order of the files."""
    written = [*_written(parts)]
    return [
        *_repeated(written),
        *_clashes(written, _belongings(parts)),
        *_common(written),
        *_undated(parts),
        *_undated_former(parts),
    ]


def _written(parts: Iterable[Located]) -> Iterator[_Written]:
    parts = [*parts]
    guarded = {
        (lang, alias) for located in parts if isinstance(located.part, (ActorPart, Words))
        for lang, guards in located.part.guards.items() for alias in guards
    }  # fmt: skip
    for located in parts:
        part = located.part
        if not isinstance(part, ActorPart):
            continue
        for group in GROUPS:
            for lang, aliases in getattr(part, group).items():
                for number, alias in enumerate(aliases):
                    where = located.at(group, lang, number)
                    yield _Written(
                        part.id, group, lang, alias, where, located.file, located.made, (lang, alias) in guarded
                    )


def _repeated(written: Iterable[_Written]) -> Iterator[str]:
    seen: dict[tuple[str, str, str, str], str] = {}
    for alias in written:
        key = (alias.actor, alias.group, alias.lang, alias.alias)
        if key in seen and not alias.made:
            yield f"{alias.where}: {alias.alias} is there twice for {alias.actor}, first at {seen[key]}; drop one"
        elif not alias.made:
            seen[key] = alias.where


def _belongings(parts: Iterable[Located]) -> set[tuple[str, str]]:
    """Return the actors with the actors of their roles: an alias may well stand for both."""
    actors = (located.part for located in parts if isinstance(located.part, ActorPart))
    return {(actor.id, role.of) for actor in actors for role in actor.roles}


def _clashes(written: Iterable[_Written], belongings: set[tuple[str, str]]) -> Iterator[str]:
    owners: defaultdict[tuple[str, str], dict[str, _Written]] = defaultdict(dict)
    for alias in written:
        if alias.group in _NAMING and not alias.made:
            owners[alias.lang, normalise(alias.alias).text].setdefault(alias.actor, alias)
    for found in owners.values():
        first, *others = found.values()
        apart = [  # one file may mean both, such as 中美
            alias
            for alias in others
            if alias.file != first.file and not {(first.actor, alias.actor), (alias.actor, first.actor)} & belongings
        ]
        if apart and not any(alias.guarded for alias in found.values()):
            names = ", ".join(f"{alias.actor} ({alias.where})" for alias in apart)
            yield f"{first.where}: {first.alias} stands for {first.actor} and for {names}; guard it or drop it"


def _common(written: Iterable[_Written]) -> Iterator[str]:
    for alias in written:
        if alias.group in _PLAIN and not (alias.guarded or alias.made) and is_common(alias.alias, alias.lang):
            yield f"{alias.where}: {alias.alias} ({alias.actor}) is a common word in {alias.lang}; guard it"


def _undated(parts: Iterable[Located]) -> Iterator[str]:
    for located in parts:
        part = located.part
        if isinstance(part, ActorPart) and part.id.startswith("person/"):
            for number, role in enumerate(part.roles):
                if role.since is None:
                    where = located.at("roles", str(number))
                    yield f"{where}: {part.id}: the role {role.role or 'of'} {role.of} has no `since`; date it"


def _undated_former(parts: Sequence[Located]) -> Iterator[str]:
    dated = {
        (located.part.id, name)
        for located in parts
        if isinstance(located.part, ActorPart)
        for name in located.part.periods
    }
    for located in parts:
        part = located.part
        if isinstance(part, ActorPart):
            for lang, former in part.historic.items():
                for name in former:
                    if (part.id, name) not in dated:
                        yield f"{located.at('historic', lang, name)}: {part.id}: date {name} by `periods`"
