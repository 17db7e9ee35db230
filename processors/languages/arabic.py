"""Arabic: clitics before words, and the forms of nisba adjectives."""

from collections.abc import Iterable
from itertools import product
from typing import Final

from processors.catalogue.model import How
from processors.languages.grammar import Grammar

_BEFORE_NAMES: Final = "[وف]?[بكل]?"
_BEFORE_WORDS: Final = "[وف]?(?:[بكل]?ال|لل|[بكل])?"
_AFTER_WORDS: Final = "ا|ه|ها|هم|هما|نا|ات|ين|ون|ان|ي|يه|يا|يين"
_ARTICLE: Final = "ال"
_ACCUSATIVE: Final = "ا"
_DUAL: Final = ("ين", "ان")
_POSSESSIVES: Final = ("ه", "ها", "هم", "نا")
_NISBA: Final = "ي"
_ENDINGS: Final = ("ي", "ية", "يا", "يين", "يون", "يان", "يتان", "يتين", "يات", "يي")
"""Of a nisba: masculine, feminine, indefinite accusative, plurals, duals, feminine plural, plural before a noun."""


def forms(alias: str, how: How) -> Iterable[str]:
    """Return an alias in all its forms; لل swallows the alef of the article."""
    made = _declined(alias) if how is How.DEMONYM else [alias]
    return [*made, *("لل" + form[2:] for form in made if form.startswith(_ARTICLE))]


def _declined(demonym: str) -> list[str]:
    """Return a demonym in gender, number and case; all its adjectives agree, with the article or without."""
    words = demonym.split()
    if not any(word.endswith(_NISBA) for word in words):
        return [demonym]
    return [" ".join(_agreeing(words, *shape)) for shape in product(_ENDINGS, ("", _ARTICLE) if words[1:] else ("",))]


def _agreeing(words: list[str], ending: str, article: str) -> Iterable[str]:
    for place, word in enumerate(words):
        declined = word.removesuffix(_NISBA) + ending if word.endswith(_NISBA) else word
        yield article + declined if place else declined


def spellings(phrase: str) -> Iterable[str]:
    """Return a phrase with and without articles, in the accusative and the dual, and with the possessives."""
    first, *rest = phrase.split()
    for articles in product(*(("",) if word.startswith(_ARTICLE) else ("", _ARTICLE) for word in rest)):
        later = " ".join(article + word for article, word in zip(articles, rest, strict=True))
        yield from (f"{form} {later}" for form in (first, *(first + ending for ending in _DUAL)))
        if all(articles):
            yield from (f"{_bound(first)}{whose} {later}" for whose in _POSSESSIVES)
    yield " ".join(word + _ACCUSATIVE for word in (first, *rest[:-1])) + " " + rest[-1]


def _bound(noun: str) -> str:
    return noun[:-1] + "ت" if noun.endswith("ة") else noun


GRAMMAR = Grammar(
    forms=forms,
    before=_BEFORE_NAMES,
    before_by={How.DEMONYM: _BEFORE_WORDS, How.ORGANISATION: _BEFORE_WORDS, How.TOPIC: _BEFORE_WORDS},
    after_by={How.TOPIC: _AFTER_WORDS},
    spellings=spellings,
)
