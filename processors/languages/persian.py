"""Persian: plurals and ezafe; the half-space is gone from the matching form."""

from collections.abc import Iterable
from itertools import product
from typing import Final

from processors.catalogue.model import How
from processors.languages.grammar import Grammar

_PLURAL: Final = "ها(?:ي|يي)?"
_AFTER_DEMONYMS: Final = f"{_PLURAL}|ان|ي"
_AFTER_WORDS: Final = f"{_PLURAL}|ي|يي"
_ENDINGS: Final = ("", "های", " های", "ی")
_ENDS_OPEN: Final = ("ا", "و", "ه")


def forms(alias: str, how: How) -> Iterable[str]:
    """Return an alias, and with the ezafe that is written after a vowel."""
    return (alias, alias + "ی") if alias.endswith(_ENDS_OPEN) and how is not How.DEMONYM else (alias,)


def spellings(phrase: str) -> Iterable[str]:
    """Return a phrase with the words before its last in the plural too, joined or not."""
    *words, last = phrase.split()
    for endings in product(_ENDINGS, repeat=len(words)):
        yield " ".join((*(word + ending for word, ending in zip(words, endings, strict=True)), last))


GRAMMAR = Grammar(
    forms=forms,
    after_by={How.DEMONYM: _AFTER_DEMONYMS, How.TOPIC: _AFTER_WORDS},
    spellings=spellings,
    fallbacks=("en",),
)
