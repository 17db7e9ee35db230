"""An article's signature: what tells whether it is a copy of another."""

from array import array
from typing import Final

import msgspec

from processors.article import Article, digest
from processors.shingles import UNSPACED, base_language, shingles, words

TELLING: Final = 80
"""A body of fewer characters (a teaser below a headline) says too little to tell a report by it alone."""

FEWEST: Final = 20
"""A text of fewer words is a copy only of its equal: headlines are too much alike to be compared by parts."""

FEWEST_CHARACTERS: Final = 40
"""The same for a language that is written without spaces."""

MOST: Final = 1024
"""Shingles of a text that are kept; of a longer text a sample, in which those of its copies are too."""

BANDS: Final = 8
"""Bands that a text has at least, and one in `BAND_SHARE` of its shingles when that is more."""

BAND_SHARE: Final = 32
USUAL_BANDS: Final = 48
MOST_BANDS: Final = 64
_ALL: Final = 1 << 32


class Signature(msgspec.Struct, frozen=True):
    """The signature of one article's text.

    `text` is a digest of all of it. `shingles` (4 bytes each) are those below `4294967296 >> halvings`; a text too
    short to be compared by parts has none. `bands` are the smallest of them: two texts of which half is alike have
    some in common, but for one pair in some hundreds, and it is by them that candidates are found.
    """

    lang: str
    text: str
    shingles: bytes = b""
    bands: bytes = b""
    halvings: int = 0


def signature_of(article: Article) -> Signature:
    """Return the signature of an article: of its body, with its title when the body says too little."""
    lang = base_language(article.lang)
    body = article.body if len(article.body) >= TELLING else f"{article.title}\n{article.body}"
    found = words(body, lang)
    text = digest(lang, b"".join(found))
    hashes = shingles(found, lang)
    if len(hashes) + 4 < (FEWEST_CHARACTERS if lang in UNSPACED else FEWEST):
        return Signature(lang, text)
    share = max(BANDS, min(len(hashes) // BAND_SHARE, USUAL_BANDS))
    bands = _below(hashes, share * _ALL // len(hashes))[:MOST_BANDS]
    halvings = 0
    while len(hashes) > MOST:
        halvings += 1
        hashes = _below(hashes, _ALL >> halvings)
    return Signature(lang, text, array("I", hashes).tobytes(), array("I", bands).tobytes(), halvings)


def _below(hashes: list[int], limit: int) -> list[int]:
    return [number for number in hashes if number < limit]
