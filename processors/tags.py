"""The tags of an article: whom and what it is about."""

from itertools import combinations

import msgspec

from processors.article import Article
from processors.matcher import Mention

PAIRING_ACTORS = 12
"""An article makes pairs of its best-scored actors only; a list of all states makes no explosion."""


class ActorTag(msgspec.Struct, frozen=True, gc=False):
    """An actor of an article; `states` are those that a person's or organisation's roles stand for.

    One of score 0 is named only as a source, in the dateline, or in what the source puts below its articles.
    """

    id: str
    score: float
    states: tuple[str, ...] = ()


class TopicTag(msgspec.Struct, frozen=True, gc=False):
    """A topic of an article."""

    id: str
    score: float


class TaggedArticle(msgspec.Struct, frozen=True):
    """An article with its tags, best first."""

    article: Article
    actors: tuple[ActorTag, ...]
    topics: tuple[TopicTag, ...]
    mentions: tuple[Mention, ...]

    @property
    def actor_ids(self) -> frozenset[str]:
        """Return the ids of the actors it is about."""
        return frozenset(actor.id for actor in self.actors if actor.score)

    @property
    def topic_ids(self) -> frozenset[str]:
        """Return the ids of its topics, parents among them."""
        return frozenset(topic.id for topic in self.topics)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the pairs of its best-scored actors; a person makes none with the state it stands for."""
        stands_for = {actor.id: actor.states for actor in self.actors}
        best = sorted(actor.id for actor in self.actors[:PAIRING_ACTORS] if actor.score)
        return [(a, b) for a, b in combinations(best, 2) if b not in stands_for[a] and a not in stands_for[b]]
