"""Spanish: demonyms have gender and number; in capitals and in haste accents are left out."""

from collections.abc import Iterable
from typing import Final

from processors.catalogue.model import How
from processors.languages.grammar import Grammar
from processors.languages.romance import Endings, inflected, without_accents

_ENDINGS: Final[Endings] = {
    "o": ("a", "os", "as"), "és": ("esa", "eses", "esas"), "án": ("ana", "anes", "anas"), "ón": ("ona", "ones", "onas"),
    "ín": ("ina", "ines", "inas"), "l": ("la", "les", "las"), "í": ("íes", "ís"), "ú": ("úes", "ús"),
    "e": ("es",), "a": ("as",), "i": ("is",), "r": ("res",), "c": ("cs",),
}  # fmt: skip


def forms(alias: str, how: How) -> Iterable[str]:
    """Return an alias in all its forms."""
    if how is How.DEMONYM:
        return inflected(alias, _ENDINGS)
    return (alias, *without_accents(alias, how))


GRAMMAR = Grammar(forms=forms, before="(?:anti|pro|ex|pan|filo)")
