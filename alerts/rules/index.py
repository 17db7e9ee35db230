"""Rules by what they need, so that an article is held against those alone that it can meet."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import Final, NamedTuple

import msgspec

from alerts.rule import Fit, Rule, Why
from alerts.rules.compiled import Compiled
from alerts.rules.conditions import Pair
from alerts.rules.pairs import PairOf
from alerts.rules.seen import Seen
from alerts.rules.words import RuleWords
from processors.errors import InputError
from processors.tagging import nearest
from processors.tags import TaggedArticle
from processors.zones import ASIDE

Numbers = dict[str, list[int]]
"""The numbers of rules by a topic or a word that they need."""

Rarity = Callable[[str], tuple[int, str]]
_ANY: Final = ""
"""Where rules stand that need no topic."""


class Look(NamedTuple):
    """What came of holding the rules against an article, and how many had to be."""

    fits: list[Fit]
    evaluated: int


class RuleIndex:
    """Rules by the rarest actors that they need and their topics, by topics alone, or by their words."""

    def __init__(self, compiled: Sequence[Compiled] = (), above_sport: Iterable[str] = ()) -> None:
        self.compiled = compiled
        self.rules: list[Rule] = [one.rule for one in compiled]
        self._words = RuleWords(word for one in compiled for word in one.words)
        self._above_sport = frozenset(above_sport)
        self._by_pair: dict[str, dict[str, Numbers]] = {}
        self._by_actor: dict[str, Numbers] = {}
        self._by_topic: Numbers = {}
        self._by_word: Numbers = {}
        self._aside = any(not one.zones.isdisjoint(ASIDE) for one in compiled)
        uses = Counter(actor for one in compiled for actor in _actors(one))
        for one in compiled:
            self._add(one, lambda name: (uses[name], name))

    def only(self, ids: AbstractSet[str]) -> "RuleIndex":
        """Return these rules without the others."""
        kept = [one for one in self.compiled if one.rule.id in ids]
        return RuleIndex(
            [msgspec.structs.replace(one, number=number) for number, one in enumerate(kept)], self._above_sport
        )

    def fits(self, tagged: TaggedArticle) -> list[Fit]:
        """Return the rules that an article fits, in their order, each for every group it fits for."""
        return self.look(tagged).fits

    def look(self, tagged: TaggedArticle) -> Look:
        """Return the same, with how many rules the article was held against."""
        seen = self.seen(tagged)
        candidates = self._candidates(seen)
        if not candidates:
            return Look([], 0)
        found = [(self.compiled[number], pairs) for number, pairs in sorted(candidates.items())]
        return Look([fit for one, pairs in found for fit in one.fits(seen, pairs)], len(found))

    def why(self, rule: str, tagged: TaggedArticle) -> Why:
        """Return the conditions of a rule with what an article has of each; raise InputError for an unknown rule."""
        one = next((one for one in self.compiled if one.rule.id == rule), None)
        if one is None:
            message = f"no rule {rule} is in force{nearest(rule, [r.id for r in self.rules])}"
            raise InputError(message)
        return one.why(self.seen(tagged))

    def seen(self, tagged: TaggedArticle) -> Seen:
        """Return an article as these rules see it."""
        return Seen(tagged, self._words, self._above_sport)

    def _candidates(self, seen: Seen) -> dict[int, list[Pair]]:
        """Return the numbers of the rules that an article can meet, with those of their pairs that it names."""
        found: defaultdict[int, list[Pair]] = defaultdict(list)
        named = seen.tagged_ids if self._aside else seen.named
        topics = {_ANY, *seen.topics}
        for actor in named & self._by_pair.keys():
            others = self._by_pair[actor]
            for other in named & others.keys():
                pair = (actor, other) if actor < other else (other, actor)
                for number in {*_on(others[other], topics)}:
                    found[number].append(pair)
        for actor in named & self._by_actor.keys():
            for number in _on(self._by_actor[actor], topics):
                found[number]
        of_words = _on(self._by_word, seen.own_words.keys()) if self._by_word else ()
        for number in chain(_on(self._by_topic, topics), of_words):
            found[number]
        return found

    def _add(self, one: Compiled, rarity: Rarity) -> None:
        """Put a rule where an article that can meet it is sure to look."""
        topics = one.all_topics[:1] or one.any_topics
        pairs = _pairs(one, rarity)
        if pairs:
            for pair in pairs:
                rarer, other = sorted(pair, key=rarity)
                _put(self._by_pair.setdefault(rarer, {}).setdefault(other, {}), topics or (_ANY,), one)
        elif one.all_actors or one.any_actors:
            for actor in one.all_actors or one.any_actors:
                _put(self._by_actor.setdefault(actor, {}), topics or (_ANY,), one)
        elif topics:
            _put(self._by_topic, topics, one)
        else:
            _put(self._by_word, one.words, one)


def _put(numbers: Numbers, names: Iterable[str], one: Compiled) -> None:
    for name in names:
        numbers.setdefault(name, []).append(one.number)


def _on(numbers: Numbers, names: AbstractSet[str]) -> Iterator[int]:
    """Yield the rules that stand under one of some names; one may come again."""
    for name in numbers.keys() & names:
        yield from numbers[name]


def _pairs(one: Compiled, rarity: Rarity) -> Sequence[Pair]:
    """Return pairs of which a rule needs at least one."""
    if isinstance(one.pairs, PairOf):
        return one.pairs.pairs
    rarest = sorted(one.all_actors, key=rarity)[:2]
    return [(rarest[0], rarest[1])] if len(rarest) > 1 else ()


def _actors(one: Compiled) -> Iterable[str]:
    pairs = one.pairs.pairs if isinstance(one.pairs, PairOf) else ()
    return (actor for group in (*pairs, one.all_actors, one.any_actors) for actor in group)
