"""Rules by what they need, so that an article is held against those alone that it can meet."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

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

Pairs = dict[str, dict[str, list[Compiled]]]
Single = dict[str, list[Compiled]]


class Look(NamedTuple):
    """What came of holding the rules against an article, and how many had to be."""

    fits: list[Fit]
    evaluated: int


class RuleIndex:
    """Rules by the rarest actors that they need, else by their topics, else by their words."""

    def __init__(self, compiled: Sequence[Compiled] = (), above_sport: Iterable[str] = ()) -> None:
        self.compiled = compiled
        self.rules: list[Rule] = [one.rule for one in compiled]
        self._words = RuleWords(word for one in compiled for word in one.words)
        self._above_sport = frozenset(above_sport)
        self._by_pair: Pairs = {}
        self._by_actor: Single = {}
        self._by_topic: Single = {}
        self._by_word: Single = {}
        self._aside = any(not one.zones.isdisjoint(ASIDE) for one in compiled)
        uses = Counter(actor for one in compiled for actor in _actors(one))
        for one in compiled:
            self._add(one, lambda name: (uses[name], name))

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
        named = {actor.id for actor in seen.tagged.actors} if self._aside else seen.named
        for actor in named & self._by_pair.keys():
            others = self._by_pair[actor]
            for other in named & others.keys():
                pair = (actor, other) if actor < other else (other, actor)
                for one in others[other]:
                    found[one.number].append(pair)
        singles: list[tuple[Single, AbstractSet[str]]] = [(self._by_actor, named), (self._by_topic, seen.topics.keys())]
        if self._by_word:
            singles.append((self._by_word, seen.own_words.keys()))
        for index, there in singles:
            for name in index.keys() & there:
                for one in index[name]:
                    found[one.number]
        return found

    def _add(self, one: Compiled, rarity: Callable[[str], tuple[int, str]]) -> None:
        for pair in _pairs(one, rarity):
            rarer, other = sorted(pair, key=rarity)
            self._by_pair.setdefault(rarer, {}).setdefault(other, []).append(one)
        index, names = self._single(one, rarity)
        for name in names:
            index.setdefault(name, []).append(one)

    def _single(self, one: Compiled, rarity: Callable[[str], tuple[int, str]]) -> tuple[Single, Iterable[str]]:
        """Return which index a rule without a pair stands in, and under which names."""
        if _pairs(one, rarity):
            return {}, ()
        if one.all_actors or one.any_actors:
            return self._by_actor, one.all_actors or one.any_actors
        if one.all_topics or one.any_topics:
            return self._by_topic, one.all_topics[:1] or one.any_topics
        return self._by_word, one.words


def _pairs(one: Compiled, rarity: Callable[[str], tuple[int, str]]) -> Sequence[Pair]:
    """Return pairs of which a rule needs at least one."""
    if isinstance(one.pairs, PairOf):
        return one.pairs.pairs
    rarest = sorted(one.all_actors, key=rarity)[:2]
    return [(rarest[0], rarest[1])] if len(rarest) > 1 else ()


def _actors(one: Compiled) -> Iterable[str]:
    pairs = one.pairs.pairs if isinstance(one.pairs, PairOf) else ()
    return (actor for group in (*pairs, one.all_actors, one.any_actors) for actor in group)
