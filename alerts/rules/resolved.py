"""What a rule says about articles, with its names resolved to ids."""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import Any

import msgspec

from alerts.rules.names import Names
from alerts.rules.words import word_form
from alerts.rules.written import Actors, Matching, Topics
from processors.errors import InputError

Pair = tuple[str, str]
Report = Callable[..., None]
"""Takes the keys that lead to a value of a rule, and what is wrong with it."""

Ids = tuple[str, ...]


class Resolved(msgspec.Struct, frozen=True, kw_only=True):
    """The same as `match`, in ids; its order and spelling no longer matter."""

    pairs: tuple[Pair, ...]
    all_actors: Ids
    any_actors: Ids
    no_actors: Ids
    any_topics: Ids
    all_topics: Ids
    no_topics: Ids
    min_score: float
    within: str
    languages: Ids
    sources: Ids
    zones: Ids
    words: tuple[tuple[str, float], ...]
    min_words: float
    sport: bool


def resolve(match: Matching, names: Names, report: Report) -> Resolved:
    """Resolve what a rule says about articles; report every name that is not known, and leave it out."""
    actors, topics = match.actors or Actors(), match.topics or Topics()
    found = {
        f"{group}_{kind}": _ids(getattr(written, key), resolved, report, ("match", kind, key))
        for kind, written, resolved in (("actors", actors, names.actor), ("topics", topics, names.topic))
        for key, group in (("any", "any"), ("all", "all"), ("none", "no"))
    }
    return Resolved(
        pairs=_pairs(match, names, report),
        min_score=topics.min_score,
        within=str(match.within),
        languages=tuple(sorted(set(match.languages))),
        sources=tuple(sorted({source.casefold() for source in match.sources})),
        zones=tuple(sorted(set(match.zones))),
        words=tuple(sorted({word_form(word): weight for word, weight in match.words.items()}.items())),
        min_words=match.min_words,
        sport=match.sport
        or any("sport" in names.catalogue.ancestors(t) for t in (*found["any_topics"], *found["all_topics"])),
        **found,
    )


def _pairs(match: Matching, names: Names, report: Report) -> tuple[Pair, ...]:
    pairs: set[Pair] = set()
    if match.pair:
        pair = _ids(match.pair, names.actor, report, ("match", "pair"))
        pairs |= {*combinations(pair, 2)}
    if match.pairs_of:
        several = _ids(match.pairs_of, names.actor, report, ("match", "pairs_of"))
        pairs |= {*combinations(several, 2)}
    return tuple(sorted(pairs))


def _ids(written: Iterable[str], resolve: Callable[[str], str], report: Report, steps: Sequence[Any]) -> Ids:
    found: set[str] = set()
    for number, name in enumerate(written):
        try:
            found.add(resolve(name))
        except InputError as error:
            report((*steps, number), str(error))
    return tuple(sorted(found))
