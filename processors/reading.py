"""Reads one article: everything that its title and body name, with the zone of each."""

from collections.abc import Iterator
from typing import NamedTuple

from processors.article import Article
from processors.catalogue.model import How
from processors.guards import Context, Refusal
from processors.lexicon import Phrase, Use
from processors.matcher import Found, Matcher, Mention
from processors.normalise import Normalised, normalise
from processors.zones import Zone, Zones


class TermHit(NamedTuple):
    """A term of a topic in a text, in a zone of it, at a place of its matching form."""

    phrase: Phrase
    text: "Text"
    zone: Zone
    start: int
    end: int

    def mention(self) -> Mention:
        """Return it as a mention of its topic."""
        return _mention(self.text, self.start, self.end, self.phrase.topic, How.TOPIC, self.zone)


class Refused(NamedTuple):
    """What looks like an alias but does not count, and why."""

    use: Use
    mention: Mention
    why: Refusal


class Text(NamedTuple):
    """A field of an article with what was found in it."""

    field: str
    text: str
    seen: Normalised
    found: Found


class Reading(NamedTuple):
    """What was found in an article; `surnames` are those without their full name."""

    texts: list[Text]
    zones: Zones
    actors: list[Mention]
    terms: list[TermHit]
    surnames: list[Refused]

    def refused(self) -> Iterator[Refused]:
        """Yield what looks like an alias but does not count, and why."""
        yield from self.surnames
        for text in self.texts:
            for start, end, use, why in text.found.refused:
                zone = _zone(text, start, self.zones)
                yield Refused(use, _mention(text, start, end, use.id, use.how, zone), why)


def read(article: Article, matcher: Matcher) -> Reading:
    """Find what an article names; a surname counts where the article has the full name."""
    fields = [("title", article.title), ("body", article.body)]
    forms = [normalise(text) for _, text in fields]
    context = Context(*(form.text for form in forms))
    texts = [
        Text(field, text, seen, matcher.find(text, seen, context))
        for (field, text), seen in zip(fields, forms, strict=True)
    ]
    full = {use.id for text in texts for hit in text.found.actors for use in hit.uses if use.alone}
    zones = Zones(article.body)
    reading = Reading(texts, zones, [], [], [])
    for text in texts:
        for hit in text.found.actors:
            zone = _zone(text, hit.start, zones)
            for use in hit.uses:
                mention = _mention(text, hit.start, hit.end, use.id, use.how, zone)
                if use.alone or use.id in full:
                    reading.actors.append(mention)
                else:
                    reading.surnames.append(Refused(use, mention, Refusal.NO_FULL_NAME))
        reading.terms.extend(_terms(text, zones))
    return reading


def _terms(text: Text, zones: Zones) -> Iterator[TermHit]:
    for start, end, phrase in text.found.terms:
        yield TermHit(phrase, text, _zone(text, start, zones), start, end)


def _zone(text: Text, start: int, zones: Zones) -> Zone:
    return Zone.TITLE if text.field == "title" else zones.of(text.seen.span(start, start + 1)[0])


def _mention(text: Text, start: int, end: int, name: str, how: How, zone: Zone) -> Mention:
    first, last = text.seen.span(start, end)
    return Mention(text.field, first, last, text.text[first:last], name, how, zone)
