"""German: case endings of adjectives, nationals and names, and compounds that begin with a name."""

import re
from collections.abc import Iterator
from typing import Final

from processors.catalogue.model import How
from processors.languages.grammar import Grammar

_ADJECTIVE: Final = ("", "e", "en", "er", "es", "em")
_INFLECTED: Final = re.compile(r"^([A-ZÄÖÜ]\w{3,}?)(?:e|er|es)$")
"""An adjective within a name, as in Vereinigte Staaten and Islamischer Staat."""

_NATIONALS: Final = {
    "in": ("nen",), "er": ("s", "n"), "e": ("n",), "ar": ("n",), "ot": ("en",), "it": ("en",), "i": ("s",),
}  # fmt: skip
"""What nationals add in other cases and in the plural, by their ending."""

_PLURAL_NAMES: Final = ("Niederlande", "Emirate", "Staate", "Gebiete")
_HISSING: Final = ("s", "ß", "x", "z")

_PARTS: Final = ("Nord", "Süd", "Ost", "West", "Zentral", "Mittel", "Nordost", "Nordwest", "Südost", "Südwest")
"""Regions are named by their state: Südfrankreich, ostukrainisch."""

_NO_PART: Final = ("amerika", "guinea", "irisch", "irland", "jemen", "korea", "mazedon", "samoa", "sudan", "vietnam")
"""What makes another name with a point of the compass."""

_COMPOUND: Final = (
    r"(?:abkommen|affäre|aufenthalt|beauftragt|besuch|botschaft|chef|debatte|deal|einsatz|expert|feldzug|forum|frage|freund"
    r"|gebiet|geschäft|gespräch|handel|hilfe|kenner|konferenz|konflikt|krieg|krise|mission|nah|organisation|partei|politi"
    r"|präsident|regierung|reise|sanktion|spezialist|sprecher|staat|strategie|treu|verband|verhandlung|vertrag|weit)\w*"
)
"""What follows a name in one word: Irakkrieg, Syrienkonferenz, Kremlsprecher, Palästinenserpräsident."""


def forms(alias: str, how: How) -> Iterator[str]:
    """Return an alias in all its forms, each with ss as well where it has ß."""
    for form in _forms(alias, how):
        yield form
        yield form.replace("ß", "ss")


def _forms(alias: str, how: How) -> Iterator[str]:
    yield alias
    if not alias[-1].isalpha() or not "a" <= alias[0].lower() <= "ü":
        return
    if alias.endswith("sch") and alias[0].islower():
        yield from (part + ending for part in _parts(alias) for ending in _ADJECTIVE)
        return
    if how is How.DEMONYM or (how is How.CAPITAL and alias.endswith("er")):
        yield from _national(alias)
        return
    if how is How.NAME:
        yield from (case for part in _parts(alias) for case in _cases(part))
    for name in (alias, *_declined(alias)) if how is not How.PERSON else (alias,):
        yield from _cases(name)


def _parts(word: str) -> Iterator[str]:
    """Return a state or its adjective, and those of its regions."""
    yield word
    if word.isalpha() and not word.lower().startswith((*_NO_PART, *(part.lower() for part in _PARTS[:4]))):
        parts = _PARTS if word[0].isupper() else [part.lower() for part in _PARTS[:4]]
        yield from (part + word.lower() for part in parts)


def _national(word: str) -> Iterator[str]:
    ending = next((ending for ending in _NATIONALS if word.endswith(ending)), None)
    return (word + added for added in ("", *_NATIONALS.get(ending or "", ())))


def _declined(name: str) -> Iterator[str]:
    """Return a name whose adjective has other endings: Vereinigten Staaten."""
    first, *others = name.split(" ")
    adjective = _INFLECTED.match(first)
    if others and adjective:
        yield from (" ".join((adjective[1] + ending, *others)) for ending in _ADJECTIVE[1:])


def _cases(name: str) -> Iterator[str]:
    yield name
    if not name.endswith(_HISSING):
        yield f"{name}s"
    if name.endswith(_PLURAL_NAMES):
        yield f"{name}n"
    if name.endswith(("Haus", "Staat", "Bundestag", "Kongress", "Rat")):
        yield f"{name}es"


GRAMMAR = Grammar(forms=forms, after_by=dict.fromkeys((How.NAME, How.DEMONYM, How.CAPITAL, How.SEAT), _COMPOUND))
