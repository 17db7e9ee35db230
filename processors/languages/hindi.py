"""Hindi: postpositions are words of their own, nouns change in the oblique plural."""

from collections.abc import Iterable
from typing import Final

from processors.catalogue.model import How
from processors.languages.grammar import Grammar

_LONG_I: Final = "ी"
_CONSONANTS: Final = range(ord("क"), ord("ह") + 1)


def forms(alias: str, how: How) -> Iterable[str]:
    """Return an alias, and of a word for nationals its plurals: रूसी, रूसियों; भारतीय, भारतीयों."""
    yield alias
    if how is not How.DEMONYM:
        return
    if alias.endswith(_LONG_I):
        yield from (alias[:-1] + plural for plural in ("ियों", "ियो", "ियां"))
    elif ord(alias[-1]) in _CONSONANTS or alias.endswith("़"):
        yield from (alias + plural for plural in ("ों", "ो"))
    elif alias.endswith("ाई"):
        yield from (alias[:-1] + plural for plural in ("इयों", "ईयों"))


GRAMMAR = Grammar(forms=forms)
