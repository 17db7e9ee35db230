"""An article's signature: what tells whether it is a copy of another."""

from array import array
from typing import Final

import msgspec

from processors.article import Article, digest
from processors.shingles import UNSPACED, base_language, shingles, words

TELLING: Final = 80
"""A body of fewer characters (a teaser below a headline) says too little to tell a report by it alone."""

FEWEST: Final = 16
"""A text of fewer shingles is a copy only of its equal: headlines are too much alike to be compared by parts."""

FEWEST_UNSPACED: Final = 36
"""The same for a language that is written without spaces."""

MOST: Final = 1024
"""Shingles of a text that are kept; of a longer text a sample, in which those of its copies are too."""

BANDS: Final = range(8, 33)
"""Bands that a text has: as many as it has shingles / 48, but so many at least and at most."""

NUMBER: Final = 4
"""Bytes of a shingle and of a band."""

_ALL: Final = 1 << 32


class Signature(msgspec.Struct, frozen=True):
    """The signature of one article's text.

    `text` is a digest of all of it. `shingles` are those below `4294967296 >> halvings`, none when the
    text is too short to be compared by parts. `bands` are the smallest of them, by which candidates are found: of
    pairs of one length with half in common, one in some thousands has no band in common.
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
    few = _few(hashes)
    if len(set(few)) < len(few):  # a text that repeats itself; to look for it in all of them would take as long again
        hashes = [*set(hashes)]
        few = _few(hashes)
    if not few or len(hashes) < (FEWEST_UNSPACED if lang in UNSPACED else FEWEST):
        return Signature(lang, text)
    halvings = 0
    while len(hashes) > MOST:
        halvings += 1
        hashes = _below(hashes, _ALL >> halvings)
    return Signature(lang, text, array("I", hashes).tobytes(), array("I", few).tobytes(), halvings)


def _few(hashes: list[int]) -> list[int]:
    number = min(max(len(hashes) // 48, BANDS[0]), BANDS[-1])
    return sorted(_below(hashes, 2 * number * _ALL // max(1, len(hashes))))[:number]  # nearly always enough


def _below(hashes: list[int], limit: int) -> list[int]:
    return [number for number in hashes if number < limit]
