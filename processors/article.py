"""An article: one report of one source, as everything past the edge sees it."""

from enum import StrEnum
from hashlib import blake2b
from typing import Final

import msgspec
from courlan import normalize_url

LEEWAY: Final = 600.0
"""How far ahead of its arrival, in seconds, an article may say it was published."""


class TimeBasis(StrEnum):
    """Where an article's time comes from."""

    PUBLISHED = "published"
    KAFKA = "kafka"


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One report; `published_at` is in UTC seconds, `version` the digest of its text."""

    id: str
    title: str
    body: str
    lang: str
    published_at: float
    time_basis: TimeBasis
    version: str
    url: str = ""
    source: str = ""

    def field(self, name: str) -> str:
        """Return the text that a mention of field `name` indexes."""
        return self.title if name == "title" else self.body


def digest(*parts: str | bytes) -> str:
    """Return 32 hexadecimal digits that stand for `parts`, their order and their limits."""
    state = blake2b(digest_size=16)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return state.hexdigest()


def default_id(url: str, title: str, body: str) -> str:
    """Return the id of an article that brings none: of its canonical URL, else of its text."""
    return digest("url", normalize_url(url)) if url else digest("text", title, body)
