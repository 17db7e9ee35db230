"""Italian: demonyms have gender and number; elided articles (dell', nell', d') end at their apostrophe."""

from collections.abc import Iterable
from typing import Final

from processors.catalogue.model import How
from processors.languages.grammar import Grammar
from processors.languages.romance import Endings, inflected

_ENDINGS: Final[Endings] = {
    "o": ("a", "i", "e"), "io": ("ia", "i", "ie"), "cio": ("cia", "ci", "cie", "ce"),
    "co": ("ca", "ci", "chi", "che"), "go": ("ga", "gi", "ghi", "ghe"), "e": ("i",), "a": ("i", "e"),
    "ga": ("gi", "ghe"),
}  # fmt: skip


def forms(alias: str, how: How) -> Iterable[str]:
    """Return an alias in all its forms."""
    return inflected(alias, _ENDINGS) if how is How.DEMONYM else (alias,)


GRAMMAR = Grammar(forms=forms, before="(?:anti|pro|ex|pan|filo)")
