"""Compiles a rule: what it says about articles becomes conditions, and digests of it tell its versions apart."""

import re
from fnmatch import translate
from typing import Any

import msgspec

from alerts.kinds.model import Absence
from alerts.rule import GroupBy, Rule
from alerts.rules.compiled import Compiled
from alerts.rules.conditions import (
    AllActors,
    AllTopics,
    AnyActor,
    AnyTopic,
    Condition,
    FromSource,
    InLanguage,
    NoActor,
    NoSport,
    NoTopic,
    OwnWords,
)
from alerts.rules.pairs import AnyPair, PairOf
from alerts.rules.resolved import Resolved
from alerts.rules.seen import Zones
from alerts.rules.within import Within
from alerts.rules.written import WrittenRule
from processors.article import digest
from processors.zones import Zone

DIGITS = 12
"""Hexadecimal digits of a digest that tell a rule's versions apart."""


def compile_rule(number: int, written: WrittenRule, match: Resolved, shown: frozenset[str]) -> Compiled:
    """Return a rule that is ready to be held against articles; `shown` are its topics and those below them."""
    zones = frozenset(map(Zone, match.zones))
    return Compiled(
        number=number,
        rule=_rule(written, match),
        pairs=_pairs(written, match, zones),
        conditions=tuple(_conditions(written.match.within, match, zones)),
        all_actors=match.all_actors,
        any_actors=match.any_actors,
        all_topics=match.all_topics,
        any_topics=match.any_topics,
        min_score=match.min_score,
        shown=shown,
        words=tuple(word for word, _ in match.words),
        zones=zones,
    )


def group_by(written: WrittenRule, match: Resolved) -> GroupBy:
    """Return what a rule groups by."""
    return written.group_by or (GroupBy.PAIR if match.pairs else GroupBy.RULE)


def groups_of(by: GroupBy, match: Resolved) -> tuple[tuple[str, ...], ...]:
    """Return the groups that a rule names; none where it leaves them to the articles."""
    if by is GroupBy.PAIR:
        return match.pairs
    if by is GroupBy.RULE:
        return ((),)
    values = {
        GroupBy.ACTOR: {*match.all_actors, *match.any_actors, *(actor for pair in match.pairs for actor in pair)},
        GroupBy.TOPIC: {*match.all_topics, *match.any_topics},
        GroupBy.SOURCE: {source for source in match.sources if "*" not in source},
        GroupBy.LANGUAGE: {*match.languages},
    }[by]
    return tuple((value,) for value in sorted(values))


def _rule(written: WrittenRule, match: Resolved) -> Rule:
    by = group_by(written, match)
    kind = written.when.model_dump_json()
    state = digest(_json(match), by, written.count, type(written.when).__name__, kind)
    told = written.model_dump(mode="json", exclude={"match", "when", "group_by", "count"})
    return Rule(
        id=written.id,
        kind=written.when,
        count=written.count,
        group_by=by,
        severity=written.severity,
        cooldown=written.cooldown,
        max_age=written.max_age,
        owner=written.owner,
        tags=written.tags,
        summary=written.summary,
        route=written.route,
        revision=digest(state, _json(told))[:DIGITS],
        state=state[:DIGITS],
        groups=groups_of(by, match) if isinstance(written.when, Absence) else (),
    )


def _json(value: Any) -> str:  # noqa: ANN401 - anything that JSON can hold
    return msgspec.json.encode(value, order="deterministic").decode()


def _pairs(written: WrittenRule, match: Resolved, zones: Zones) -> PairOf | AnyPair | None:
    if match.pairs:
        return PairOf(match.pairs, written.match.within, zones)
    if written.group_by is GroupBy.PAIR:
        return AnyPair(frozenset((*match.all_actors, *match.any_actors)), written.match.within, zones)
    return None


def _conditions(within: Within, match: Resolved, zones: Zones) -> list[Condition]:
    """Return the conditions that a rule has, those that cost least first."""
    conditions: list[tuple[bool, Condition]] = [
        (bool(match.any_topics), AnyTopic(frozenset(match.any_topics), match.min_score)),
        (bool(match.all_topics), AllTopics(match.all_topics, match.min_score)),
        (bool(match.no_topics), NoTopic(frozenset(match.no_topics))),
        (bool(match.languages), InLanguage(frozenset(match.languages))),
        (bool(match.sources), FromSource(match.sources, _pattern(match.sources))),
        (bool(match.any_actors), AnyActor(frozenset(match.any_actors), zones)),
        (bool(match.no_actors), NoActor(frozenset(match.no_actors), zones)),
        (not match.sport, NoSport()),
        (bool(match.all_actors), AllActors(match.all_actors, within, zones)),
        (bool(match.words), OwnWords(match.words, match.min_words, zones)),
    ]
    return [condition for there, condition in conditions if there]


def _pattern(sources: tuple[str, ...]) -> re.Pattern[str]:
    escaped = (re.sub(r"([?\[])", r"[\1]", source) for source in sources)
    return re.compile("|".join(map(translate, escaped)))
