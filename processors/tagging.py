"""What an article is about: its actors, topics and the mentions that show them."""

import difflib
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from math import log2
from threading import Lock
from typing import Final

from processors.article import Article
from processors.compiled import CompiledCatalogue, known_language
from processors.errors import InputError
from processors.matcher import Matcher, Mention
from processors.normalise import normalise
from processors.reading import Reading, TermHit, read
from processors.tags import ActorTag, TaggedArticle, TopicTag
from processors.zones import ASIDE, Zone

_WORTH: Final = {"title": 3.0, "body": 1.0}
"""What a mention in a field counts for."""

TERM_IN_TITLE: Final = 1.5
"""A term in the title weighs so much more."""

LONG: Final = 2000
"""Characters from which on a text needs more for a topic, since a long one comes to mention this and that."""

DENSE: Final = 3
"""A character of Chinese, Japanese or Korean says as much as so many others."""


_HINTS: Final = 3
"""Names that are told where one is not known."""


class Tagger:
    """The catalogue at work on articles."""

    def __init__(self, compiled: CompiledCatalogue) -> None:
        self.catalogue = catalogue = compiled.catalogue
        self.compiled = compiled
        self._matchers: dict[str, Matcher] = {}
        self._loading = Lock()
        self._topics_above = {topic: catalogue.ancestors(topic) for topic in catalogue.topics}
        self._sources = {actor.id for actor in catalogue.actors.values() if actor.kind == "source"}
        self._states = lru_cache(maxsize=10_000)(self._states_on)

    def tag(self, article: Article) -> TaggedArticle:
        """Attach every actor and topic that the title or the body mentions."""
        return self.with_tags(article, self.read(article))

    def read(self, article: Article, *, thorough: bool = False) -> Reading:
        """Find everything that an article names, in its language."""
        return read(article, self.matcher(article.lang), thorough=thorough)

    def with_tags(self, article: Article, reading: Reading) -> TaggedArticle:
        """Return an article that was read, with its tags."""
        topics = self._topics(reading.terms, article)
        named = {topic.id for topic in topics}
        mentions = (*reading.actors, *(reading.mention(hit) for hit in reading.terms if hit.phrase.topic in named))
        return TaggedArticle(article, self._actors(reading.actors, article.published_at), topics, mentions)

    def matcher(self, lang: str) -> Matcher:
        """Return what finds the names that the catalogue has in a language; loaded or compiled the first time."""
        known = known_language(lang)
        if known not in self._matchers:
            with self._loading:
                if known not in self._matchers:
                    self._matchers[known] = Matcher(self.compiled.lexicon(known))
        return self._matchers[known]

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages that are loaded."""
        return tuple(self._matchers)

    def knows(self, lang: str) -> bool:
        """Tell whether what the catalogue says in a language is loaded."""
        return known_language(lang) in self._matchers

    def _actors(self, found: Iterable[Mention], published_at: float) -> tuple[ActorTag, ...]:
        points: defaultdict[str, float] = defaultdict(float)
        states: dict[str, tuple[str, ...]] = {}
        for mention in found:
            name = mention.id
            if name not in states:
                states[name] = self.states_of(name, published_at)
            worth = 0.0 if mention.zone in ASIDE or name in self._sources else _WORTH[mention.field]
            for named in (name, *states[name]):
                points[named] += worth
        best = sorted(points.items(), key=lambda item: (-item[1], item[0]))
        return tuple(ActorTag(name, round(p / (p + 2), 3), states.get(name, ())) for name, p in best)

    def _topics(self, found: Iterable[TermHit], article: Article) -> tuple[TopicTag, ...]:
        weights: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for hit in found:
            if hit.zone not in ASIDE:
                weight = hit.phrase.weight * (TERM_IN_TITLE if hit.zone is Zone.TITLE else 1.0)
                weights[hit.phrase.topic].setdefault(hit.phrase.written, weight)  # the title is read first
        need = needed(article)
        scores: dict[str, float] = {}
        for topic, terms in weights.items():
            reached = sum(terms.values()) / self.catalogue.topics[topic].threshold / need
            if reached >= 1 - 1e-9:
                for name in self._topics_above[topic]:
                    scores[name] = max(scores.get(name, 0.0), round(1 - 0.5**reached, 3))
        return tuple(TopicTag(name, score) for name, score in sorted(scores.items(), key=lambda i: (-i[1], i[0])))

    def states_of(self, actor: str, published_at: float) -> tuple[str, ...]:
        """Return the states that `actor` stood for at a time, by its roles in force then."""
        if not self.catalogue.actors[actor].roles:
            return ()
        return self._states(actor, int(published_at // 86_400))

    def _states_on(self, actor: str, day: int) -> tuple[str, ...]:
        date = datetime.fromtimestamp(day * 86_400, UTC).date()
        roles = self.catalogue.actors[actor].roles
        return tuple(sorted({r.of for r in roles if r.in_force(date) and r.of.startswith("state/")}))

    def actor(self, written: str) -> str:
        """Return the id of the actor that people write as `written`; raise InputError when that is not one."""
        if written in self.catalogue.actors:
            return written
        found = self.catalogue.named(normalise(written).text)
        if len(found) == 1:
            return found[0]
        if found:
            message = f"{written} may be {', '.join(found)}; write the id you mean"
            raise InputError(message)
        message = f"{written} is not in the catalogue{nearest(written, self._known(), _HINTS)}"
        raise InputError(message)

    def _known(self) -> list[str]:
        """Return what may have been meant: ids, then labels, the English ones first."""
        labels = [actor.labels for actor in self.catalogue.actors.values()]
        english = [label["en"] for label in labels if "en" in label]
        return [*self.catalogue.actors, *english, *(name for label in labels for name in label.values())]


def needed(article: Article) -> float:
    """Return how many times a topic's threshold an article of its length needs."""
    length = len(article.title) + len(article.body)
    if article.lang[:2] in ("zh", "ja", "ko"):
        length *= DENSE
    return 1 + 0.25 * log2(length / LONG) if length > LONG else 1.0


def nearest(written: str, known: Iterable[str], most: int = 1) -> str:
    """Return a hint at what may have been meant, or nothing."""
    near = difflib.get_close_matches(written, [*dict.fromkeys(known)], n=most)
    return f"; did you mean {' or '.join(near)}?" if near else ""
