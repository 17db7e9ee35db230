"""What may stand before and after an alias, script by script."""

import re
from enum import Enum, auto
from typing import Final

_CLITICS: Final = re.compile(r"[وف]?(?:[بكل]?(?:ال)?|لل)")
_LONGEST_CLITICS: Final = 5
_PARTICLES: Final = re.compile(
    r"(?:군|측|산|제|발|정부|당국)?"
    r"(?:들)?(?:에서는|에서도|에서|에게|에는|에도|으로부터|로부터|으로|로|까지|부터|처럼|보다|마저|조차|뿐|만"
    r"|은|는|이|가|을|를|의|에|와|과|도|간|나|이나|랑|이랑|이며|이다|인|식|형|계|행)?(?!\w)"
)


class Script(Enum):
    """How words are told apart."""

    SPACED = auto()
    UNSPACED = auto()
    ARABIC = auto()
    HANGUL = auto()


def script_of(alias: str) -> Script:
    """Return the script of an alias, by its last letter."""
    last = next((letter for letter in reversed(alias) if letter.isalpha()), "a")
    if "\uac00" <= last <= "\ud7a3":
        return Script.HANGUL
    if "\u0600" <= last <= "\u06ff":
        return Script.ARABIC
    if "\u3040" <= last <= "\u30ff" or "\u3400" <= last <= "\u9fff":
        return Script.UNSPACED
    return Script.SPACED


def is_word(text: str, start: int, end: int, script: Script) -> bool:
    """Tell whether `text[start:end]` stands there as a word of its own, clitics and particles aside."""
    if script is Script.UNSPACED:
        return True
    if script is Script.HANGUL:
        return not _letter(text, start - 1) and _PARTICLES.match(text, end) is not None
    if _letter(text, end):
        return False
    return not _letter(text, start - 1) or (script is Script.ARABIC and _behind_clitics(text, start))


def _letter(text: str, index: int) -> bool:
    return 0 <= index < len(text) and text[index].isalnum()


def _behind_clitics(text: str, start: int) -> bool:
    first = start
    while start - first <= _LONGEST_CLITICS and _letter(text, first - 1):
        first -= 1
    return _CLITICS.fullmatch(text, first, start) is not None
