"""Portuguese, European and Brazilian: demonyms have gender and number; in capitals accents are left out."""

from collections.abc import Iterable
from typing import Final

from processors.catalogue.model import How
from processors.languages.grammar import Grammar
from processors.languages.romance import Endings, inflected, without_accents

_ENDINGS: Final[Endings] = {
    "o": ("a", "os", "as"), "ês": ("esa", "eses", "esas"), "ão": ("ã", "ãs", "ãos", "ães", "ões"),
    "ol": ("ola", "óis", "olas"), "eu": ("eia", "eus", "eias"), "e": ("es",), "a": ("as",), "i": ("is",), "í": ("ís",),
    "z": ("zes",), "r": ("res",),
}  # fmt: skip


def forms(alias: str, how: How) -> Iterable[str]:
    """Return an alias in all its forms."""
    if how is How.DEMONYM:
        return inflected(alias, _ENDINGS)
    return (alias, *without_accents(alias, how))


GRAMMAR = Grammar(forms=forms, before="(?:anti|pró|pro|ex|pan|filo)")
