"""Where the paragraphs, sentences and words of a text begin."""

import re
from bisect import bisect_right
from typing import Final

_BLANK_LINE: Final = re.compile(r"\n[^\S\n]*\n\s*")
_LINE: Final = re.compile(r"\n\s*")
_END: Final = re.compile(r"""[.!?؟।۔…]+["'”’»)\]]*\s+|[。！？]+[”’」』）]*""")
_WORD: Final = re.compile(r"[^\s\w]*\w\S*")
_BEFORE: Final = re.compile(r"[^\s(«„“\"]+$")
_ABBREVIATIONS: Final = frozenset(
    """mr mrs ms dr prof gen lt col sgt capt adm sen rep gov st jr sr vs no inc ltd co corp
    jan feb mar apr jun jul aug sep sept oct nov dec
    гг им тов ген проф акад млн млрд тыс руб стр см ул доц чл
    mme mlle sra gral lic ing nr bzw ca abg usw dott avv sig min pułk płk tzw np ul""".split()  # noqa: SIM905 - readable
)
_LONGEST_NUMBER: Final = 2
"""Digits before a full stop that more likely make a date than end a sentence: 12. September."""

_LOOK_BACK: Final = 24
CHARACTERS_A_WORD: Final = 2
"""Characters of Chinese or Japanese that count as one word."""


def paragraphs(text: str) -> list[int]:
    """Return where paragraphs begin: behind blank lines; in a text without one, at every line."""
    breaks = _BLANK_LINE if _BLANK_LINE.search(text) else _LINE
    return [0, *(gap.end() for gap in breaks.finditer(text))]


def sentences(text: str) -> list[int]:
    """Return where sentences begin; an abbreviation, an initial or a date's number ends none."""
    ends = (found.end() for found in _END.finditer(text) if found.end() < len(text) and _is_end(text, found))
    return sorted({*paragraphs(text), *ends})


def part_of(starts: list[int], place: int) -> int:
    """Return the number of the part, of those that begin at `starts`, which holds a place."""
    return bisect_right(starts, place) - 1


def words(text: str, *, spaced: bool) -> list[int]:
    """Return where words begin; in a language without spaces, every so many characters."""
    if spaced:
        return [word.start() for word in _WORD.finditer(text)]
    return [place for place, letter in enumerate(text) if not letter.isspace()][::CHARACTERS_A_WORD]


def words_between(starts: list[int], end: int, start: int) -> int:
    """Return how many of the words that begin at `starts` stand between the end of one mention and another's start."""
    return max(0, part_of(starts, start) - part_of(starts, end - 1) - 1)


def _is_end(text: str, found: re.Match[str]) -> bool:
    if text[found.start()] != ".":
        return True
    if text[found.end() : found.end() + 1].islower():
        return False
    before = _BEFORE.search(text, max(0, found.start() - _LOOK_BACK), found.start())
    word = before.group().lower() if before else ""
    return not (
        (len(word) == 1 and word.isalpha())
        or "." in word
        or word in _ABBREVIATIONS
        or (word.isdecimal() and len(word) <= _LONGEST_NUMBER)
    )
