"""English: nationals have a plural, accents are often left out, and a point of the compass may have a hyphen."""

import re
from collections.abc import Iterator
from typing import Final

from processors.catalogue.model import How
from processors.languages.grammar import Grammar
from processors.languages.plain import plain

_NO_PLURAL: Final = re.compile(r"(?:s|sh|ch|ese|men|man|woman|ic)$")
_COMPASS: Final = re.compile(r"^(North|South|East|West) ")


def forms(alias: str, how: How) -> Iterator[str]:
    """Return an alias in all its forms; the possessive needs none, as its apostrophe ends a word."""
    words = [alias]
    if how is How.DEMONYM and not _NO_PLURAL.search(alias):
        words.append(f"{alias}s")
    for word in words:
        yield word
        yield plain(word)
        yield _COMPASS.sub(r"\1-", word)


GRAMMAR = Grammar(forms=forms)
