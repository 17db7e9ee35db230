"""Find every alias of the catalogue in a text, in one pass."""

from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter

import msgspec
from ahocorasick_rs import AhoCorasick

from processors.boundaries import Script, is_word, script_of
from processors.catalogue import Catalogue, How
from processors.normalise import Normalised, normalise


class Mention(msgspec.Struct, frozen=True):
    """Where a text names an actor or hints at a topic; `start` and `end` are code points of the field as it came."""

    field: str
    start: int
    end: int
    text: str
    id: str
    how: How
    weight: float = 1.0


class _Alias(msgspec.Struct, frozen=True):
    written: str
    script: Script
    as_written: bool
    actors: tuple[tuple[str, How, float], ...]
    topics: tuple[tuple[str, How, float], ...]


class _Hit(msgspec.Struct, frozen=True):
    start: int
    end: int
    alias: _Alias


class Matcher:
    """All aliases of a catalogue as one automaton."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._aliases = _aliases(catalogue)
        forms = [normalise(alias.written).text for alias in self._aliases]
        self._automaton = AhoCorasick(forms)
        self._actors: defaultdict[str, set[str]] = defaultdict(set)
        for form, alias in zip(forms, self._aliases, strict=True):
            self._actors[form].update(name for name, _, _ in alias.actors)

    def find(self, text: str, field: str) -> list[Mention]:
        """Return the mentions in `text`, in order; within actors, and within topics, the longest alias wins."""
        seen = normalise(text)
        hits = [hit for hit in self._hits(seen) if not hit.alias.as_written or _is_as_written(hit, seen, text)]
        actors = _leftmost_longest(hit for hit in hits if hit.alias.actors)
        topics = _leftmost_longest(hit for hit in hits if hit.alias.topics)
        return [
            Mention(field, *(span := seen.span(hit.start, hit.end)), text[slice(*span)], name, how, weight)
            for hit, entries in [*((h, h.alias.actors) for h in actors), *((h, h.alias.topics) for h in topics)]
            for name, how, weight in entries
        ]

    def resolve(self, written: str) -> set[str]:
        """Return the ids of all actors that people write as `written`."""
        return self._actors.get(normalise(written).text, set())

    def _hits(self, seen: Normalised) -> Iterable[_Hit]:
        for index, start, end in self._automaton.find_matches_as_indexes(seen.text, overlapping=True):
            alias = self._aliases[index]
            if is_word(seen.text, start, end, alias.script):
                yield _Hit(start, end, alias)


def _aliases(catalogue: Catalogue) -> list[_Alias]:
    actors: defaultdict[tuple[str, bool], dict[str, tuple[str, How, float]]] = defaultdict(dict)
    topics: defaultdict[tuple[str, bool], dict[str, tuple[str, How, float]]] = defaultdict(dict)
    for actor in catalogue.actors.values():
        for how, _, written in actor.forms():
            actors[_key(written)].setdefault(actor.id, (actor.id, how, 1.0))
    for topic in catalogue.topics.values():
        for terms in topic.terms.values():
            for written, weight in terms.items():
                topics[_key(written)].setdefault(topic.id, (topic.id, How.TOPIC, weight))
    return [
        _Alias(form, script_of(form), as_written, tuple(actors[form, as_written].values()),
               tuple(topics[form, as_written].values()))
        for form, as_written in sorted({*actors, *topics})
    ]  # fmt: skip


def _key(written: str) -> tuple[str, bool]:
    """Return what tells an alias from others; short ones in capitals (US, UN) are matched as they are written."""
    as_written = written.isupper() and written.isascii()
    return (written, True) if as_written else (normalise(written).text, False)


def _is_as_written(hit: _Hit, seen: Normalised, text: str) -> bool:
    return text[slice(*seen.span(hit.start, hit.end))] == hit.alias.written


def _leftmost_longest(hits: Iterable[_Hit]) -> list[_Hit]:
    chosen: list[_Hit] = []
    for hit in sorted(sorted(hits, key=attrgetter("end"), reverse=True), key=attrgetter("start")):
        if not chosen or hit.start >= chosen[-1].end:
            chosen.append(hit)
    return chosen
