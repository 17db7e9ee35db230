"""The words that rules bring themselves, found as the terms of topics are."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from processors.aliases import ANY
from processors.article import Article
from processors.catalogue.entries import Entries, TopicEntry
from processors.catalogue.model import Topic
from processors.compiled import known_language
from processors.compiler import compile_lexicon
from processors.matcher import Matcher
from processors.normalise import normalise
from processors.reading import read

_NONE: Final[dict[str, set[str]]] = {}


def word_form(written: str) -> str:
    """Return a word as it is looked for: in its matching form, so in any case."""
    return " ".join(normalise(written).text.split())


class RuleWords:
    """The words of all rules, compiled for a language when an article in it is met."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take words in their matching form."""
        self._words = sorted(set(words))
        self._matchers: dict[str, Matcher] = {}

    def found(self, article: Article) -> dict[str, set[str]]:
        """Return the words that an article holds, each with the zones that it stands in."""
        if not self._words:
            return _NONE
        zones: defaultdict[str, set[str]] = defaultdict(set)
        for hit in read(article, self._matcher(known_language(article.lang))).terms:
            zones[hit.phrase.topic].add(hit.zone)
        return zones

    def _matcher(self, lang: str) -> Matcher:
        if lang not in self._matchers:
            key = "en" if lang == ANY else lang
            topics = [TopicEntry(Topic(word, {}), {key: [(1.0, word)]}) for word in self._words]
            self._matchers[lang] = Matcher(compile_lexicon(Entries([], topics, {}, {}), lang))
        return self._matchers[lang]
