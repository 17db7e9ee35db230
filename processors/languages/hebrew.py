"""Hebrew: prefixes before words, and the forms of gentilic adjectives."""

from collections.abc import Iterable
from itertools import product
from typing import Final

from processors.catalogue.model import How
from processors.languages.grammar import Grammar

_BEFORE_NAMES: Final = "ו?(?:כש|מש|ש)?[בלמכ]?"
_BEFORE_WORDS: Final = f"{_BEFORE_NAMES}ה?"
_ARTICLE: Final = "ה"
_GENTILIC: Final = "י"
_ENDINGS: Final = ("", "ת", "ם", "ים", "ות")
_SWALLOWS_ARTICLE: Final = ("ב", "ל", "כ")


def forms(alias: str, how: How) -> Iterable[str]:
    """Return an alias in all its forms; the article is swallowed by three prefixes."""
    made = [alias]
    if how is How.DEMONYM and alias.endswith(_GENTILIC):
        made = [alias + ending for ending in _ENDINGS]
    if alias.startswith(_ARTICLE) and (" " in alias or how in {How.SEAT, How.ORGANISATION}):
        made += [prefix + alias[1:] for prefix in _SWALLOWS_ARTICLE]
    return made


def spellings(phrase: str) -> Iterable[str]:
    """Return a phrase with the article before any of its later words."""
    first, *rest = phrase.split()
    for articles in product(("", _ARTICLE), repeat=len(rest)):
        yield " ".join((first, *(article + word for article, word in zip(articles, rest, strict=True))))


GRAMMAR = Grammar(
    forms=forms,
    before=_BEFORE_NAMES,
    before_by={How.DEMONYM: _BEFORE_WORDS, How.TOPIC: _BEFORE_WORDS},
    spellings=spellings,
)
