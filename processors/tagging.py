"""What an article is about: its actors, topics and the mentions that show them."""

import difflib
from collections import defaultdict
from datetime import UTC, datetime
from itertools import combinations

import msgspec

from processors.article import Article
from processors.catalogue import Catalogue, How
from processors.errors import InputError
from processors.matcher import Matcher, Mention

TITLE_WEIGHT = 3.0
PAIRING_ACTORS = 12
"""An article makes pairs of its best-scored actors only; a list of all states makes no explosion."""


class ActorTag(msgspec.Struct, frozen=True):
    """An actor of an article; `states` are those that a person's or organisation's roles stand for."""

    id: str
    score: float
    states: tuple[str, ...] = ()


class TopicTag(msgspec.Struct, frozen=True):
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
        """Return the ids of its actors."""
        return frozenset(actor.id for actor in self.actors)

    @property
    def topic_ids(self) -> frozenset[str]:
        """Return the ids of its topics, parents among them."""
        return frozenset(topic.id for topic in self.topics)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the pairs of its best-scored actors; a person makes none with the state it stands for."""
        stands_for = {actor.id: actor.states for actor in self.actors}
        best = sorted(actor.id for actor in self.actors[:PAIRING_ACTORS])
        return [(a, b) for a, b in combinations(best, 2) if b not in stands_for[a] and a not in stands_for[b]]


class Tagger:
    """The catalogue at work on articles."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.matcher = Matcher(catalogue)

    def tag(self, article: Article) -> TaggedArticle:
        """Attach every actor and topic that the title or the body mentions."""
        found = [*self.matcher.find(article.title, "title"), *self.matcher.find(article.body, "body")]
        topics = self._topics(found)
        named = {topic.id for topic in topics}
        mentions = tuple(m for m in found if m.how is not How.TOPIC or m.id in named)
        return TaggedArticle(article, self._actors(found, article.published_at), topics, mentions)

    def _actors(self, found: list[Mention], published_at: float) -> tuple[ActorTag, ...]:
        points: defaultdict[str, float] = defaultdict(float)
        states: dict[str, tuple[str, ...]] = {}
        for mention in found:
            if mention.how is How.TOPIC:
                continue
            if mention.id not in states:
                states[mention.id] = self.states_of(mention.id, published_at)
            for name in (mention.id, *states[mention.id]):
                points[name] += TITLE_WEIGHT if mention.field == "title" else 1.0
        best = sorted(points.items(), key=lambda item: (-item[1], item[0]))
        return tuple(ActorTag(name, round(p / (p + 2), 3), states.get(name, ())) for name, p in best)

    def _topics(self, found: list[Mention]) -> tuple[TopicTag, ...]:
        terms: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for mention in found:
            if mention.how is How.TOPIC:
                terms[mention.id][mention.text.casefold()] = mention.weight
        scores: dict[str, float] = {}
        for topic, weights in terms.items():
            reached = sum(weights.values()) / self.catalogue.topics[topic].threshold
            if reached >= 1:
                for name in self.catalogue.ancestors(topic):
                    scores[name] = max(scores.get(name, 0.0), round(1 - 0.5**reached, 3))
        return tuple(TopicTag(name, score) for name, score in sorted(scores.items(), key=lambda i: (-i[1], i[0])))

    def states_of(self, actor: str, published_at: float) -> tuple[str, ...]:
        """Return the states that `actor` stood for at a time, by its roles in force then."""
        roles = self.catalogue.actors[actor].roles
        if not roles:
            return ()
        day = datetime.fromtimestamp(published_at, UTC).date()
        return tuple(sorted({r.of for r in roles if r.in_force(day) and r.of.startswith("state/")}))

    def actor(self, written: str) -> str:
        """Return the id of the actor that people write as `written`; raise InputError when that is not one."""
        if written in self.catalogue.actors:
            return written
        found = sorted(self.matcher.resolve(written))
        if len(found) == 1:
            return found[0]
        if found:
            message = f"{written} may be {', '.join(found)}; write the id you mean"
            raise InputError(message)
        labels = [label for actor in self.catalogue.actors.values() for label in actor.labels.values()]
        message = f"{written} is not in the catalogue{nearest(written, [*self.catalogue.actors, *labels])}"
        raise InputError(message)


def nearest(written: str, known: list[str]) -> str:
    """Return a hint at what may have been meant, or nothing."""
    near = difflib.get_close_matches(written, known, n=1)
    return f"; did you mean {near[0]}?" if near else ""
