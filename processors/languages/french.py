"""French: adjectives and nationals have gender and number; accents are often left out, above all on capitals."""

from collections.abc import Iterator
from typing import Final

from processors.catalogue.model import How
from processors.languages.grammar import Grammar
from processors.languages.plain import plain

_FEMININE: Final = {"en": "ne", "on": "ne", "c": "", "z": "e"}
"""What the feminine adds after some endings; the others add an e."""


def forms(alias: str, how: How) -> Iterator[str]:
    """Return an alias in all its forms; articles and prepositions end in an apostrophe, which ends a word."""
    adjective = how is How.DEMONYM or (how in (How.NAME, How.CAPITAL) and alias[0].islower())
    for word in _inflected(alias) if adjective else [alias]:
        yield word
        yield plain(word)
        yield word.replace("'", "' ")  # as some archives cut words


def _inflected(masculine: str) -> list[str]:
    """Return both genders in both numbers: danois, danoise, danois, danoises."""
    feminine = masculine + _ending(masculine)
    return [_plural(word, number) for word in dict.fromkeys((masculine, feminine)) for number in (1, 2)]


def _ending(masculine: str) -> str:
    if masculine.endswith("e"):
        return ""
    return next((added for ending, added in _FEMININE.items() if masculine.endswith(ending)), "e")


def _plural(word: str, number: int) -> str:
    return word if number == 1 or word.endswith(("s", "z")) else f"{word}s"


GRAMMAR = Grammar(forms=forms)
