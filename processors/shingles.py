"""Shingles: what two texts are compared by, every five words in a row, each as a number of 32 bits.

The numbers are the same in every process and on every machine. All of a text is hashed at once, its words side by side
in one large integer, since word by word it would cost three times as much.
"""

from array import array
from collections.abc import Sequence
from typing import Final
from zlib import crc32

LENGTH: Final = 5
"""Words in a shingle."""

UNSPACED: Final = frozenset({"zh", "ja", "yue", "wuu", "th", "lo", "km", "my"})
"""Languages that are written without spaces: each character stands for a word."""

_ASCII: Final = bytes(range(128))
_BLANK: Final = bytes.maketrans(_ASCII, bytes(byte if chr(byte).isalnum() else ord(" ") for byte in _ASCII))
_DROPPED: Final = (
    "\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"  # tatweel and Arabic vowel signs
    "\u200b\u200c\u200d\u200e\u200f\u00ad"  # what is not seen
)
_PUNCTUATION: Final = "،؛؟۔«»“”„‘’–—…•।\u00a0"
_WIDE_PUNCTUATION: Final = _PUNCTUATION + "。，、；：？！（）《》〈〉「」『』【】・～\u3000"
_LANE: Final = 8
"""Bytes for one word in the large integer."""

_FACTORS: Final = (0x13C6EF37, 0x10B54F4D, 0x18565A57, 0x16A09E67, 0x1B873593)
"""Odd, and so small that the sum of five products of 32 bits fits a lane: no word touches the shingles of another."""


def base_language(lang: str) -> str:
    """Return `zh` for `zh-hans`."""
    return lang.partition("-")[0].partition("_")[0]


def words(text: str, lang: str) -> list[bytes]:
    """Return the words of a text, without letter case, punctuation and the marks that writers may leave out."""
    text = text.lower()
    if not text.isascii():
        text = _without(text, _DROPPED, "")
        text = _without(text, _WIDE_PUNCTUATION if lang in UNSPACED else _PUNCTUATION, " ")
    return text.encode("utf-8", "surrogatepass").translate(_BLANK).split()


def _without(text: str, characters: str, instead: str) -> str:
    for character in characters:
        if character in text:  # which is found out much faster than replacing nothing
            text = text.replace(character, instead)
    return text


def shingles(found: Sequence[bytes], lang: str) -> list[int]:
    """Return the shingles of `words` in their order; a text of fewer than five has none."""
    lanes = _characters(found) if lang in UNSPACED else _lanes(found)
    number = len(lanes) // _LANE - LENGTH + 1
    if number < 1:
        return []
    row = int.from_bytes(lanes, "little")
    a, b, c, d, e = _FACTORS
    sums = row * a + (row >> 64) * b + (row >> 128) * c + (row >> 192) * d + (row >> 256) * e
    return memoryview(sums.to_bytes(len(lanes), "little")).cast("I")[: 2 * number : 2].tolist()


def _lanes(found: Sequence[bytes]) -> bytes | bytearray:
    lanes = bytearray(_LANE * len(found))
    memoryview(lanes).cast("I")[::2] = array("I", list(map(crc32, found)))
    return lanes


def _characters(found: Sequence[bytes]) -> bytes:
    text = b"".join(found).decode("utf-8", "surrogatepass")
    return "".join(character + "\0" for character in text).encode("utf-32-le", "surrogatepass")
