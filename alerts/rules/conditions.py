"""The conditions that a rule is made of: whether an article meets each, and what was found."""

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

import msgspec

from alerts.rule import Why
from alerts.rules.seen import Seen, Zones
from alerts.rules.together import closest, together
from alerts.rules.within import Unit, Within

Pair = tuple[str, str]


class Condition(Protocol):
    """What an article must be like."""

    def holds(self, seen: Seen) -> bool:
        """Tell whether an article meets it."""

    def why(self, seen: Seen) -> Why:
        """Say what was found."""


class AllActors(msgspec.Struct, frozen=True):
    """It names all of some actors, close enough to each other."""

    actors: tuple[str, ...]
    within: Within
    zones: Zones

    def holds(self, seen: Seen) -> bool:
        """Tell whether an article meets it."""
        return seen.named_in(self.zones).issuperset(self.actors) and self._close(seen)

    def _close(self, seen: Seen) -> bool:
        return len(self.actors) == 1 or together(seen, self.actors, self.within, self.zones)

    def why(self, seen: Seen) -> Why:
        """Say what was found."""
        named = seen.named_in(self.zones)
        parts = [Why(actor, actor in named) for actor in self.actors]
        if len(self.actors) > 1 and named.issuperset(self.actors):
            parts.append(distance(seen, self.actors, self.within, self.zones))
        return all_of("names all of these actors", parts)


class AnyActor(msgspec.Struct, frozen=True):
    """It names one of some actors."""

    actors: frozenset[str]
    zones: Zones

    def holds(self, seen: Seen) -> bool:
        """Tell whether an article meets it."""
        return not self.actors.isdisjoint(seen.named_in(self.zones))

    def why(self, seen: Seen) -> Why:
        """Say what was found."""
        return _any_of("names any of these actors", self.actors, seen.named_in(self.zones))


class NoActor(msgspec.Struct, frozen=True):
    """It names none of some actors."""

    actors: frozenset[str]
    zones: Zones

    def holds(self, seen: Seen) -> bool:
        """Tell whether an article meets it."""
        return self.actors.isdisjoint(seen.named_in(self.zones))

    def why(self, seen: Seen) -> Why:
        """Say what was found."""
        return _none_of("names none of these actors", self.actors, seen.named_in(self.zones))


class AnyTopic(msgspec.Struct, frozen=True):
    """It has one of some topics."""

    topics: frozenset[str]
    min_score: float = 0.0

    def holds(self, seen: Seen) -> bool:
        """Tell whether an article meets it."""
        if not self.min_score:
            return not self.topics.isdisjoint(seen.topics)
        return any(seen.topics.get(topic, -1.0) >= self.min_score for topic in self.topics)

    def why(self, seen: Seen) -> Why:
        """Say what was found."""
        return _any_of(f"has any of these topics{_from(self.min_score)}", self.topics, _scored(seen, self.min_score))


class AllTopics(msgspec.Struct, frozen=True):
    """It has all of some topics."""

    topics: tuple[str, ...]
    min_score: float = 0.0

    def holds(self, seen: Seen) -> bool:
        """Tell whether an article meets it."""
        return all(seen.topics.get(topic, -1.0) >= self.min_score for topic in self.topics)

    def why(self, seen: Seen) -> Why:
        """Say what was found."""
        scored = _scored(seen, self.min_score)
        parts = [Why(topic, topic in scored, f"score {seen.topics.get(topic, 0)}") for topic in self.topics]
        return all_of(f"has all of these topics{_from(self.min_score)}", parts)


class NoTopic(msgspec.Struct, frozen=True):
    """It has none of some topics."""

    topics: frozenset[str]

    def holds(self, seen: Seen) -> bool:
        """Tell whether an article meets it."""
        return self.topics.isdisjoint(seen.topics)

    def why(self, seen: Seen) -> Why:
        """Say what was found."""
        return _none_of("has none of these topics", self.topics, seen.topics)


class OwnWords(msgspec.Struct, frozen=True):
    """The distinct words of the rule that it holds weigh enough together."""

    words: tuple[tuple[str, float], ...]
    needed: float
    zones: Zones

    def holds(self, seen: Seen) -> bool:
        """Tell whether an article meets it."""
        return sum(weight for _, weight in self._found(seen)) >= self.needed

    def _found(self, seen: Seen) -> list[tuple[str, float]]:
        own = seen.own_words
        return [(word, weight) for word, weight in self.words if word in own and not self.zones.isdisjoint(own[word])]

    def why(self, seen: Seen) -> Why:
        """Say what was found."""
        found = self._found(seen)
        weight = sum(weight for _, weight in found)
        listed = ", ".join(f"{word} {weight:+g}" for word, weight in found)
        return Why(
            f"its words weigh {self.needed:g}", weight >= self.needed, f"{weight:g}: {listed}" if found else "none"
        )


class InLanguage(msgspec.Struct, frozen=True):
    """It is in one of some languages."""

    languages: frozenset[str]

    def holds(self, seen: Seen) -> bool:
        """Tell whether an article meets it."""
        return language_of(seen) in self.languages

    def why(self, seen: Seen) -> Why:
        """Say what was found."""
        said = seen.tagged.article.lang
        return Why(f"is in {', '.join(sorted(self.languages))}", self.holds(seen), said or "its language is not known")


class FromSource(msgspec.Struct, frozen=True):
    """One of some sources published it."""

    sources: tuple[str, ...]
    pattern: re.Pattern[str]

    def holds(self, seen: Seen) -> bool:
        """Tell whether an article meets it."""
        source = seen.tagged.article.source
        return bool(source) and self.pattern.fullmatch(source.casefold()) is not None

    def why(self, seen: Seen) -> Why:
        """Say what was found."""
        said = seen.tagged.article.source
        return Why(f"is from {', '.join(self.sources)}", self.holds(seen), said or "its source is not known")


class NoSport(msgspec.Struct, frozen=True):
    """It is not about sport above all."""

    def holds(self, seen: Seen) -> bool:
        """Tell whether an article meets it."""
        return not seen.is_sport

    def why(self, seen: Seen) -> Why:
        """Say what was found."""
        first = max(seen.topics, key=lambda topic: seen.topics[topic], default="no topic")
        return Why("is not about sport above all", not seen.is_sport, "sport" if seen.is_sport else first)


def language_of(seen: Seen) -> str:
    """Return the language of an article without its region, or nothing when it is not known."""
    lang = seen.tagged.article.lang.partition("-")[0].lower()
    return "" if lang == "und" else lang


def distance(seen: Seen, actors: Sequence[str], within: Within, zones: Zones) -> Why:
    """Say how close some actors come, and whether it is close enough."""
    found = closest(seen, actors, zones)
    crowded = seen.is_crowded and within.unit is Unit.ARTICLE
    wanted = "sentence, since the article names so many" if crowded else str(within)
    return Why(f"within {wanted}", together(seen, actors, within, zones), str(found or "never in one text"))


def all_of(condition: str, parts: Sequence[Why]) -> Why:
    """Return a condition that holds when all of its parts do."""
    return Why(condition, all(part.passed for part in parts), parts=tuple(parts))


def _any_of(condition: str, wanted: Iterable[str], there: Iterable[str]) -> Why:
    found = sorted(set(wanted).intersection(there))
    return Why(f"{condition}: {', '.join(sorted(wanted))}", bool(found), ", ".join(found) or "none")


def _none_of(condition: str, unwanted: Iterable[str], there: Iterable[str]) -> Why:
    found = sorted(set(unwanted).intersection(there))
    return Why(f"{condition}: {', '.join(sorted(unwanted))}", not found, ", ".join(found) or "none")


def _scored(seen: Seen, least: float) -> list[str]:
    return [topic for topic, score in seen.topics.items() if score >= least]


def _from(least: float) -> str:
    return f" from a score of {least:g} on" if least else ""
