"""What is wrong with a rule whose every word is right: it can never fire, or asks for what is not kept."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from alerts.kinds.model import Absence
from alerts.rule import GroupBy
from alerts.rules.compile import group_by, groups_of
from alerts.rules.names import Names
from alerts.rules.resolved import Resolved
from alerts.rules.within import Unit
from alerts.rules.written import WrittenRule
from processors.durations import DAY, format_duration
from processors.languages import LANGUAGES

Steps = tuple[str | int, ...]
Finding = tuple[Steps, str]
"""The keys that lead to what is wrong, and what it is."""

MOST_GROUPS: Final = 1_000
"""Groups whose absence one rule may watch."""


class Limits(NamedTuple):
    """How far back rules may look, in seconds: what Redis keeps for them grows with it."""

    longest: float = 90 * DAY


LIMITS: Final = Limits()


def impossible(written: WrittenRule, match: Resolved, names: Names, limits: Limits) -> Iterator[Finding]:
    """Yield why a rule can never fire, or not as it is written."""
    yield from _needs_nothing(written, match)
    yield from _pairs(written, match, names)
    yield from _actors(match, names)
    yield from _topics(match, names)
    yield from _filters(written, match)
    yield from _words(match)
    yield from _times(written, limits)
    yield from _groups(written, match)


def _needs_nothing(written: WrittenRule, match: Resolved) -> Iterator[Finding]:
    pair = written.match.pair or written.match.pairs_of
    positive = any(weight > 0 for _, weight in match.words)
    if not (pair or match.all_actors or match.any_actors or match.all_topics or match.any_topics or positive):
        yield (), "it names no actor, no topic and no words to look for; add `pair`, `actors`, `topics` or `words`"


def _pairs(written: WrittenRule, match: Resolved, names: Names) -> Iterator[Finding]:
    for key in ("pair", "pairs_of"):
        if getattr(written.match, key) is not None and not match.pairs:
            named = {names.actor(name) for name in getattr(written.match, key)}
            yield ("match", key), f"all of them are {', '.join(named)}, so it can never fire; name two actors"
    for one, other in match.pairs:
        own = next(((a, b) for a, b in ((one, other), (other, one)) if b in names.own_states(a)), None)
        if own and len(match.pairs) == 1:
            yield ("match", "pair"), f"{own[0]} stands for {own[1]} itself, so it can never fire; name another actor"
    if written.match.within.unit is not Unit.ARTICLE and not _is_of_several(written, match):
        yield ("match", "within"), "there are no two actors to be close to each other; add `pair`, or take it away"


def _is_of_several(written: WrittenRule, match: Resolved) -> bool:
    return bool(match.pairs) or len(match.all_actors) > 1 or written.group_by is GroupBy.PAIR


def _actors(match: Resolved, names: Names) -> Iterator[Finding]:
    none = set(match.no_actors)
    needed = {*match.all_actors}
    if match.pairs:
        needed |= set.intersection(*map(set, match.pairs))
    if both := needed & none:
        yield (
            ("match", "actors", "none"),
            f"{', '.join(sorted(both))} is needed as well, so it can never fire; take one away",
        )
    if match.any_actors and none.issuperset(match.any_actors):
        yield ("match", "actors", "none"), "all that `any` names is here too, so it can never fire; take one away"
    for actor in sorted({*needed, *match.any_actors}):
        if names.catalogue.actors[actor].kind == "source":
            yield (
                ("match",),
                f"{actor} is a source: articles come from it and are not about it; write it under `sources`",
            )
        if actor in needed and (states := none & names.own_states(actor)):
            said = ", ".join(sorted(states))
            yield ("match", "actors", "none"), f"{actor} stands for {said}, so it can never fire; take one away"


def _topics(match: Resolved, names: Names) -> Iterator[Finding]:
    none = set(match.no_topics)
    barred = {topic for topic in (*match.any_topics, *match.all_topics) if none & {*names.catalogue.ancestors(topic)}}
    if barred.intersection(match.all_topics) or (match.any_topics and barred.issuperset(match.any_topics)):
        yield (
            ("match", "topics", "none"),
            f"{', '.join(sorted(barred))} is barred by it or by what is above it, so it can never fire; take one away",
        )


def _filters(written: WrittenRule, match: Resolved) -> Iterator[Finding]:
    for number, language in enumerate(written.match.languages):
        if not (language.isascii() and language.isalpha() and language.islower() and len(language) in (2, 3)):
            yield (
                ("match", "languages", number),
                f"{language} is no code of a language; write en for English, ar for Arabic",
            )
    topical = not (match.pairs or match.all_actors or match.any_actors or match.words)
    if topical and match.languages and not {*LANGUAGES}.intersection(match.languages):
        known = ", ".join(LANGUAGES)
        yield ("match", "languages"), f"topics are found in none of these, so it can hardly fire; there are {known}"


def _words(match: Resolved) -> Iterator[Finding]:
    for word, _ in match.words:
        if not all(any(map(str.isalnum, side)) for side in word.split(" ~ ")):
            yield ("match", "words"), f"{word!r} has no letter to look for; write a word"
    heaviest = sum(weight for _, weight in match.words if weight > 0)
    if match.words and heaviest < match.min_words:
        yield (
            ("match", "min_words"),
            f"all of its words weigh {heaviest:g}, less than {match.min_words:g}, so it can never fire; lower it",
        )


def _times(written: WrittenRule, limits: Limits) -> Iterator[Finding]:
    asked: dict[Steps, float] = {("cooldown",): written.cooldown}
    for key, value in written.when:
        if isinstance(value, float):
            asked["when", key] = value
    for steps, seconds in asked.items():
        if seconds > limits.longest:
            most = format_duration(limits.longest)
            yield steps, f"{format_duration(seconds)} is longer than Marsad remembers; write {most} or less"


def _groups(written: WrittenRule, match: Resolved) -> Iterator[Finding]:
    if not isinstance(written.when, Absence):
        return
    by = group_by(written, match)
    groups = groups_of(by, match)
    if not groups:
        yield ("group_by",), f"an absence must know each {by} that it waits for; name them in the rule"
    elif by is GroupBy.SOURCE and (patterns := [source for source in match.sources if "*" in source]):
        yield (
            ("match", "sources"),
            f"an absence must know each source that it waits for, not {patterns[0]}; name them all",
        )
    elif len(groups) > MOST_GROUPS:
        yield ("group_by",), f"{len(groups)} groups are too many to wait for; {MOST_GROUPS} at most"
