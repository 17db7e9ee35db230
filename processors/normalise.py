"""Text as the matcher sees it: one form for letters that are written in several, offsets kept.

Substitutions of one character by one keep offsets as they are; only text with characters that are dropped
(Arabic and Hebrew marks, tatweel, invisible marks) needs a map back to the original.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

_SAME_LENGTH = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ۀ": "ه", "ہ": "ه", "ھ": "ه",
    "ۂ": "ه", "ۃ": "ه",
    "ئ": "ي", "ؤ": "و",
    "’": "'", "ʼ": "'", "‘": "'", "׳": "'", "`": "'",
    "״": '"', "”": '"', "“": '"', "„": '"',
    "\u00a0": " ", "\u202f": " ", "\n": " ", "\t": " ", "ё": "е",
    "\u0958": "क", "\u0959": "ख", "\u095a": "ग", "\u095b": "ज", "\u095c": "ड", "\u095d": "ढ", "\u095e": "फ",
    "\u095f": "य", "ँ": "ं", "ऑ": "आ", "ॉ": "ा",
    "‐": "-", "‑": "-", "–": "-", "־": "-", "・": "·", "‧": "·", "•": "·",
}  # fmt: skip
_DROPPED = frozenset(
    "ـ\u200b\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069\u202a\u202b\u202c\ufeff\u00ad\u0301\u093c"
    + "".join(map(chr, (*range(0x064B, 0x0656), 0x0670, *range(0x0591, 0x05BE), 0x05BF, 0x05C1, 0x05C2)))
)
_ANY_DROPPED = re.compile(f"[{''.join(_DROPPED)}]")


class Normalised:
    """A text in its matching form, and where each of its characters stood.

    `gaps` are the places in the matching form before which characters were dropped, one for each of them.
    """

    __slots__ = ("_gaps", "text")

    def __init__(self, text: str, gaps: Sequence[int] = ()) -> None:
        self.text = text
        self._gaps = gaps

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original that `start:end` of the matching form came from."""
        gaps = self._gaps
        if not gaps:
            return start, end
        return start + bisect_right(gaps, start), end + bisect_right(gaps, end - 1)

    def place(self, original: int) -> int:
        """Return where the matching form goes on at a place of the original."""
        gaps = self._gaps
        return original - bisect_left(range(len(gaps)), original, key=lambda number: gaps[number] + number)


def normalise(text: str) -> Normalised:
    """Bring `text` into the form that aliases are kept in."""
    lowered = text.replace("İ", "i").lower()  # the one letter whose lower case has another length
    if text.isascii():
        return Normalised(lowered.replace("\n", " ").replace("\t", " ").replace("`", "'"))
    for letter, plain in _SAME_LENGTH.items():
        lowered = lowered.replace(letter, plain)
    pieces = _ANY_DROPPED.split(lowered)
    return Normalised("".join(pieces), [*accumulate(map(len, pieces[:-1]))])
