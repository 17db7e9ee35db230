"""An article as rules see it; what few rules ask for is looked up when one does."""

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from alerts.rules.words import RuleWords
from processors.compiled import known_language
from processors.languages import grammar_of
from processors.matcher import Mention
from processors.passages import paragraphs, part_of, sentences, words
from processors.tags import PAIRING_ACTORS, TaggedArticle
from processors.zones import ASIDE, Zone

FIELDS: Final = ("title", "body")
SPORT: Final = "sport"
Zones = frozenset[Zone]
DEFAULT_ZONES: Final[Zones] = frozenset(Zone) - ASIDE


class Seen:
    """One article, with what rules found out about it so far."""

    def __init__(self, tagged: TaggedArticle, words: RuleWords, above_sport: frozenset[str]) -> None:
        self.tagged = tagged
        self.named = tagged.actor_ids
        self.topics = {topic.id: topic.score for topic in tagged.topics}
        self._words = words
        self._above_sport = above_sport
        self._named: dict[Zones, frozenset[str]] = {DEFAULT_ZONES: self.named}

    def named_in(self, zones: Zones) -> frozenset[str]:
        """Return the actors that are named in some zones."""
        if zones not in self._named:
            named = {mention.id for mention in self.tagged.mentions if mention.zone in zones}
            stood_for = {state for name in named for state in self.states.get(name, ())}
            counted = frozenset(named | stood_for)
            self._named[zones] = counted if zones & ASIDE else counted & self.named
        return self._named[zones]

    @cached_property
    def tagged_ids(self) -> frozenset[str]:
        """Return all of its actors, also those that it names only aside."""
        return frozenset(self.states)

    @cached_property
    def states(self) -> Mapping[str, tuple[str, ...]]:
        """Return the states that its actors stand for."""
        return {actor.id: actor.states for actor in self.tagged.actors}

    @cached_property
    def is_sport(self) -> bool:
        """Tell whether it is about sport above all."""
        sport = self.topics.get(SPORT)
        return sport is not None and all(
            score < sport or (score == sport and topic in self._above_sport) for topic, score in self.topics.items()
        )

    @cached_property
    def is_crowded(self) -> bool:
        """Tell whether it names so many actors that two of them need not have to do with each other."""
        return len(self.named) > PAIRING_ACTORS

    @cached_property
    def own_words(self) -> Mapping[str, set[str]]:
        """Return the rules' own words that are in it, with their zones."""
        return self._words.found(self.tagged.article)

    @cached_property
    def words_of(self) -> dict[str, list[int]]:
        """Return where the words of its fields begin."""
        article = self.tagged.article
        spaced = grammar_of(known_language(article.lang)).spaced
        return {field: words(article.field(field), spaced=spaced) for field in FIELDS}

    def sentence(self, mention: Mention) -> tuple[str, int]:
        """Return which sentence holds a mention."""
        return mention.field, part_of(self._sentences[mention.field], mention.start)

    def paragraph(self, mention: Mention) -> tuple[str, int]:
        """Return which paragraph holds a mention."""
        return mention.field, part_of(self._paragraphs[mention.field], mention.start)

    @cached_property
    def _sentences(self) -> dict[str, list[int]]:
        return {field: sentences(self.tagged.article.field(field)) for field in FIELDS}

    @cached_property
    def _paragraphs(self) -> dict[str, list[int]]:
        return {field: paragraphs(self.tagged.article.field(field)) for field in FIELDS}
