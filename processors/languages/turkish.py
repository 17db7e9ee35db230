"""Turkish: chains of suffixes, after an apostrophe (which ends the word for us) or, as often in haste, without one."""

from collections.abc import Iterable
from typing import Final

from processors.catalogue.model import How
from processors.languages.grammar import Grammar

_FROM: Final = "l[ıiuü]"
_PLURAL: Final = "l[ae]r"
_OWNED: Final = "(?:s?[ıiuü]|[ıiuü]?m[ıiuü]z|[ıiuü]?n[ıiuü]z|[ıiuü]m)"
_CASE: Final = "(?:n?[dt][ae]n?(?:ki)?|[ny]?[ıiuü]n?|[ny]?[ae]|[ny]?l[ae]|nc[ae])"
_COPULA: Final = "(?:[dt][ıiuü]r(?:l[ae]r)?|y?d[ıiuü]|y?ken|y?m[ıiuü]ş)"

_OF_THINGS: Final = f"(?:{_FROM})?(?:{_PLURAL})?{_OWNED}?{_CASE}?(?:{_PLURAL})?{_CASE}?{_COPULA}?"
_OF_NATIONALS: Final = f"(?:{_PLURAL}{_OWNED}?|(?<=l[ıiuü])){_CASE}?{_COPULA}?"
"""Nationals take endings without an apostrophe in the plural, and after -li."""

_OF_CITIES: Final = f"{_FROM}(?:{_PLURAL})?{_CASE}?"
"""Other endings without an apostrophe make too many common words of short names (şamdan, romanın)."""

_OF_CAPITALS: Final = f"(?=\\w\\w){_OF_THINGS}"
"""A single letter more makes another abbreviation (UAE, UAEA)."""


def forms(alias: str, how: How) -> Iterable[str]:  # noqa: ARG001 - all names alike
    """Return an alias in all its forms."""
    return (alias, alias.replace("ı", "i")) if "ı" in alias else (alias,)  # as capitals look in lower case: KIBRIS


GRAMMAR = Grammar(
    forms=forms,
    after=_OF_THINGS,
    after_by={How.DEMONYM: _OF_NATIONALS, How.ABBREVIATION: _OF_CAPITALS, How.CAPITAL: _OF_CITIES, How.PERSON: _CASE},
)
