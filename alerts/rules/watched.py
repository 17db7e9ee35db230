"""What rules watch: the actors, topics and pairs that they name, as they are counted."""

from collections.abc import Iterable, Iterator
from itertools import product

from alerts.rules.compiled import Compiled
from alerts.rules.pairs import PairOf
from processors.counts import actor_subject, pair_subject, topic_subject


def watched(rules: Iterable[Compiled]) -> list[str]:
    """Return the subjects that rules name, each once, in their order; pairs also with the topics of their rule."""
    return list(dict.fromkeys(subject for rule in rules for subject in _of(rule)))


def _of(rule: Compiled) -> Iterator[str]:
    pairs = rule.pairs.pairs if isinstance(rule.pairs, PairOf) else ()
    topics = (*rule.all_topics, *rule.any_topics)
    actors = dict.fromkeys(actor for group in (*pairs, rule.all_actors, rule.any_actors) for actor in group)
    yield from map(actor_subject, actors)
    yield from map(topic_subject, topics)
    yield from (pair_subject(*pair) for pair in pairs)
    yield from (pair_subject(*pair, topic) for pair, topic in product(pairs, topics))
