"""Reads one article: everything that its title and body name, with the zone of each."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

import msgspec

from processors.article import Article
from processors.catalogue.model import How
from processors.guards import Refusal
from processors.lexicon import Phrase, Use
from processors.matcher import Matcher, Mention
from processors.normalise import normalise
from processors.zones import Zone, zones_of

_GAP: Final = " " * 24
"""Between title and body, which are read as one text: more than any name or phrase reaches over."""


class TermHit(msgspec.Struct, frozen=True, gc=False):
    """A term of a topic in an article, in a zone of it, at a place of its matching form."""

    phrase: Phrase
    zone: Zone
    start: int
    end: int


class Refused(NamedTuple):
    """What looks like an alias but does not count, and why."""

    use: Use
    mention: Mention
    why: Refusal


class Reading:
    """What was found in an article; `surnames` are those without their full name."""

    def __init__(self, article: Article, matcher: Matcher, *, thorough: bool) -> None:
        self._text = f"{article.title}{_GAP}{article.body}"
        self._body = len(article.title) + len(_GAP)
        self._seen = normalise(self._text)
        zones = zones_of(article.title, _GAP, article.body)
        self._begin = [self._seen.place(begin) for begin, _ in zones]
        self._zones = [zone for _, zone in zones]
        self._found = matcher.find(self._text, self._seen, thorough=thorough)
        self.actors: list[Mention] = []
        self.surnames: list[Refused] = []
        self._take_actors()
        self.terms = [TermHit(phrase, self._zone(start), start, end) for phrase, start, end in self._found.terms]

    def _take_actors(self) -> None:
        found = self._found.actors
        full = {use.id for hit in found for use in hit.uses if use.alone}
        for hit in found:
            for use in hit.uses:
                mention = self._mention(hit.start, hit.end, use.id, use.how)
                if use.alone or use.id in full:
                    self.actors.append(mention)
                else:
                    self.surnames.append(Refused(use, mention, Refusal.NO_FULL_NAME))

    def mention(self, hit: TermHit) -> Mention:
        """Return a term that was found as a mention of its topic."""
        return self._mention(hit.start, hit.end, hit.phrase.topic, How.TOPIC)

    def refused(self) -> Iterator[Refused]:
        """Yield what looks like an alias but does not count, and why."""
        yield from self.surnames
        for start, end, use, why in self._found.refused:
            yield Refused(use, self._mention(start, end, use.id, use.how), why)

    def _mention(self, start: int, end: int, name: str, how: How) -> Mention:
        first, last = self._seen.span(start, end)
        zone = self._zone(start)
        text = self._text[first:last]
        if zone is Zone.TITLE:
            return Mention("title", first, last, text, name, how, zone)
        return Mention("body", first - self._body, last - self._body, text, name, how, zone)

    def _zone(self, start: int) -> Zone:
        return self._zones[bisect_right(self._begin, start) - 1]


def read(article: Article, matcher: Matcher, *, thorough: bool = False) -> Reading:
    """Find what an article names; a surname counts where the article has the full name.

    A `thorough` reading can tell of everything that looks like a name why it does not count.
    """
    return Reading(article, matcher, thorough=thorough)
