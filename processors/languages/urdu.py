"""Urdu: plurals in the direct and the oblique case; postpositions are words of their own."""

from collections.abc import Iterable
from typing import Final

from processors.catalogue.model import How
from processors.languages.grammar import Grammar

_AFTER_WORDS: Final = "وں|يں|ات|ياں|يوں|و"


def forms(alias: str, how: How) -> Iterable[str]:
    """Return an alias, and a demonym in the plural too: روسی, روسیوں."""
    return (alias, alias + "وں", alias + "و") if how is How.DEMONYM else (alias,)


GRAMMAR = Grammar(forms=forms, after_by={How.TOPIC: _AFTER_WORDS}, fallbacks=("fa", "ar", "en"))
