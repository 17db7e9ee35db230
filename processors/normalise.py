"""Text as the matcher sees it: one form for letters that are written in several, offsets kept.

Substitutions of one character by one keep offsets as they are; only text with characters that are dropped
(Arabic marks, tatweel, invisible marks) or that change length in lower case needs a map back to the original.
"""

import unicodedata

_SAME_LENGTH = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك",
    "’": "'", "ʼ": "'", "‘": "'", "\u00a0": " ", "ё": "е",
}  # fmt: skip
_DROPPED = frozenset("ـ\u200b\u200c\u200d\u200e\u200f\ufeff\u00ad" + "".join(map(chr, range(0x064B, 0x0653))))
_TABLE = str.maketrans(_SAME_LENGTH)
_WITHOUT = dict.fromkeys(map(ord, _DROPPED))


class Normalised:
    """A text in its matching form, and where each of its characters stood."""

    __slots__ = ("_offsets", "text")

    def __init__(self, text: str, offsets: list[int] | None) -> None:
        self.text = text
        self._offsets = offsets

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original that `start:end` of the matching form came from."""
        if self._offsets is None:
            return start, end
        return self._offsets[start], self._offsets[end - 1] + 1


def normalise(text: str) -> Normalised:
    """Bring `text` into the form that aliases are kept in."""
    lowered = text.lower()
    if len(lowered) != len(text):
        return _letter_by_letter(text)
    for letter, plain in _SAME_LENGTH.items():
        lowered = lowered.replace(letter, plain)
    if not any(map(lowered.__contains__, _DROPPED)):
        return Normalised(lowered, None)
    kept = [offset for offset, letter in enumerate(lowered) if letter not in _DROPPED]
    return Normalised(lowered.translate(_WITHOUT), kept)


def _letter_by_letter(text: str) -> Normalised:
    """Bring a text whose lower case has another length, such as one with İ, into its form."""
    letters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        for letter in character.lower().translate(_TABLE):
            if letter not in _DROPPED and not (unicodedata.combining(letter) and len(character.lower()) > 1):
                letters.append(letter)
                offsets.append(offset)
    return Normalised("".join(letters), offsets)
