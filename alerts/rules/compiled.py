"""A watch rule that is ready to be held against articles."""

from collections.abc import Iterator, Sequence
from itertools import chain

import msgspec

from alerts.rule import Fit, GroupBy, Rule, Why
from alerts.rules.conditions import Condition, Pair, language_of
from alerts.rules.pairs import AnyPair, PairOf
from alerts.rules.seen import Seen, Zones
from processors.tags import PAIRING_ACTORS

Group = tuple[str, ...]


class Compiled(msgspec.Struct, frozen=True, kw_only=True):
    """A rule with its conditions, and what it goes by: `topics` are the rule's, `shown` those below them too."""

    number: int
    rule: Rule
    pairs: PairOf | AnyPair | None
    conditions: tuple[Condition, ...]
    all_actors: tuple[str, ...]
    any_actors: tuple[str, ...]
    all_topics: tuple[str, ...]
    any_topics: tuple[str, ...]
    min_score: float
    shown: frozenset[str]
    words: tuple[str, ...]
    zones: Zones

    @property
    def is_of_two(self) -> bool:
        """Tell whether it names all of the actors that an article must name together."""
        pairs = len(self.pairs.pairs) if isinstance(self.pairs, PairOf) else 0
        return pairs == 1 or len(self.all_actors) > 1

    def fits(self, seen: Seen, named: Sequence[Pair]) -> list[Fit]:
        """Return how an article fits the rule; `named` are those of its pairs that the article names."""
        if not all(condition.holds(seen) for condition in self.conditions):
            return []
        pairs = self.pairs.found(seen, named) if self.pairs else ()
        if self.pairs and not pairs:
            return []
        groups = [*self._groups(seen, pairs)]
        if not groups:
            return []
        why = self.why(seen)
        return [Fit(self.rule, group, actors, topics, why) for group, actors, topics in groups]

    def why(self, seen: Seen) -> Why:
        """Return every condition with what was found."""
        conditions = (*((self.pairs,) if self.pairs else ()), *self.conditions)
        parts = tuple(condition.why(seen) for condition in conditions)
        return Why(f"rule {self.rule.id}", all(part.passed for part in parts), parts=parts)

    def _groups(self, seen: Seen, pairs: Sequence[Pair]) -> Iterator[tuple[Group, Group, Group]]:
        """Yield each group with the actors and topics that it fits by."""
        scored = [topic for topic, score in seen.topics.items() if score >= self.min_score]
        topics = tuple(topic for topic in scored if not self.shown or topic in self.shown)
        article = seen.tagged.article
        by = self.rule.group_by
        if by is GroupBy.PAIR:
            yield from ((pair, pair, topics) for pair in pairs)
            return
        actors = self._actors(seen, pairs)
        if by is GroupBy.ACTOR:
            best = (actor.id for actor in seen.tagged.actors[:PAIRING_ACTORS] if actor.score)
            yield from (((actor,), (actor,), topics) for actor in actors or best)
        elif by is GroupBy.TOPIC:
            own = frozenset((*self.all_topics, *self.any_topics))
            yield from (((topic,), actors, (topic,)) for topic in scored if not own or topic in own)
        elif by is GroupBy.RULE:
            yield (), actors, topics
        else:
            value = article.source.casefold() if by is GroupBy.SOURCE else language_of(seen)
            if value:
                yield (value,), actors, topics

    def _actors(self, seen: Seen, pairs: Sequence[Pair]) -> tuple[str, ...]:
        named = seen.named_in(self.zones)
        found = chain(chain.from_iterable(pairs), self.all_actors, (a for a in self.any_actors if a in named))
        return tuple(dict.fromkeys(found))
