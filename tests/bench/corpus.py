"""The articles that the benchmark runs on: real ones beside the checkout where there are some, else the seeds."""

import gzip
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain, count, cycle, islice, zip_longest
from pathlib import Path
from typing import Final

import msgspec

from streams.codec import WireArticle, encode

ROOT: Final = Path(__file__).parents[2]
DATA: Final = ROOT.parent / "shared" / "data"
CORPORA: Final = ("news-corpus-open.jsonl.gz", "news-corpus-internal.jsonl.gz")
SPAN: Final = 4 * 3600.0
"""The articles were published within this many seconds before the benchmark began."""


class Corpus(msgspec.Struct, frozen=True):
    """Articles as they are sent, and where they are from; `begun` is when the benchmark began."""

    origin: str
    articles: list[WireArticle]
    begun: float

    def messages(self) -> list[bytes]:
        """Return the articles as they stand on Kafka."""
        return [encode(article) for article in self.articles]


def load_corpus(size: int, now: float, data: Path = DATA, seeds: Path = ROOT / "seeds" / "articles") -> Corpus:
    """Return `size` articles with ids of their own, published within the last hours; the same ones every time."""
    files = [data / name for name in CORPORA if (data / name).exists()]
    origin = " and ".join(path.name for path in files) or "the project's sample articles"
    distinct = list(islice(alternating([with_text(path) for path in files or sorted(seeds.glob("*.jsonl"))]), size))
    return Corpus(origin, [_article(row, n, len(distinct), size, now) for n, row in numbered(distinct, size)], now)


def alternating(sources: Iterable[Iterable[WireArticle]]) -> Iterator[WireArticle]:
    """Yield one of each source in turn, until all are used up."""
    return (row for row in chain.from_iterable(zip_longest(*sources)) if row is not None)


def with_text(path: Path) -> Iterator[WireArticle]:
    """Yield the articles of a file that have a title or a body."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        for line in file:
            row = json.loads(line)
            title, body = row.get("title") or "", row.get("body") or ""
            if (title + body).strip():
                yield WireArticle(title=title, body=body, lang=row.get("lang"), source=row.get("source"),
                                  url=row.get("url"))  # fmt: skip


def numbered(rows: list[WireArticle], size: int) -> Iterator[tuple[int, WireArticle]]:
    """Yield `size` rows, over and over, each with its number."""
    return islice(zip(count(), cycle(rows), strict=False), size)


def _article(row: WireArticle, number: int, distinct: int, size: int, now: float) -> WireArticle:
    published = datetime.fromtimestamp(now - SPAN * (1 - number / size) - 60, UTC)
    again = number // distinct
    return msgspec.structs.replace(
        row,
        id=f"bench-{number}",
        title=f"{row.title} ({again})" if again else row.title,
        body=f"{row.body} ({again})" if again else row.body,
        published_at=published.isoformat(timespec="seconds"),
    )
