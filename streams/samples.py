"""The sample articles that come with Marsad."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from processors.article import Article
from streams.codec import WireArticle, decode, encode
from streams.ingest.files import articles_in


def samples(now: float, limit: int) -> Iterator[Article]:
    """Yield them as they would be read from Kafka."""
    for _, found in articles_in(Path(str(files("seeds"))) / "articles"):
        if isinstance(found, WireArticle):
            yield decode(encode(found), now, limit)
