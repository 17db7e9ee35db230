"""What the Romance languages share: words for nationals in both genders and numbers, and spellings without accents."""

import unicodedata
from collections.abc import Mapping
from typing import Final

from processors.catalogue.model import How

Endings = Mapping[str, tuple[str, ...]]
"""An ending of the masculine singular, and those that stand in its place in the other forms."""

_MARKS: Final = frozenset("\u0301\u0302\u0300\u0308")
"""Acute, circumflex, grave, diaeresis: what is left out in capitals; a tilde or cedilla makes another letter."""

_SHORTEST: Final = 5
"""Letters of a word that is told from others without its accents; names of states may have one less."""


def inflected(word: str, endings: Endings) -> tuple[str, ...]:
    """Return a demonym in the masculine singular with its other forms, by its longest ending that is known."""
    for length in range(min(len(word), max(map(len, endings))), 0, -1):
        if word[-length:] in endings:
            return (word, *(word[:-length] + other for other in endings[word[-length:]]))
    return (word,)


def without_accents(word: str, how: How) -> tuple[str, ...]:
    """Return how a name is written where accents are left out; nothing if it would be taken for another word."""
    plain = unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFD", word) if c not in _MARKS))
    if plain == word or len(word) < _SHORTEST - (how is How.NAME):
        return ()
    return (plain,)
