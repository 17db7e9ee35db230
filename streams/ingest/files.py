"""Articles from files: JSON Lines, plain text, HTML, RSS and Atom."""

import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from processors.errors import InputError
from streams.codec import WireArticle
from streams.ingest.web import article_in_page, articles_in_feed

_decoder = msgspec.json.Decoder(WireArticle)
JSON_LINES = {".jsonl", ".ndjson", ".json"}
FEEDS = {".rss", ".atom", ".xml"}
PAGES = {".html", ".htm"}
TEXTS = {".txt", ".md"}
KNOWN = JSON_LINES | FEEDS | PAGES | TEXTS

Found = tuple[str, WireArticle | str]
"""Where an article stands, and the article, or what is wrong with it."""


def articles_in(path: Path) -> Iterator[Found]:
    """Yield every article in a file, or in the files below a folder; raise InputError for one that cannot be read."""
    if path.is_dir():
        for file in sorted(p for p in path.rglob("*") if p.is_file() and _kind(p) in KNOWN and p.name != "README.md"):
            yield from articles_in(file)
        return
    try:
        yield from _in_file(path)
    except (OSError, EOFError) as error:
        message = f"{path}: cannot be read: {error.strerror if isinstance(error, OSError) else error}"
        raise InputError(message) from error


def articles_on_stdin() -> Iterator[Found]:
    """Yield the articles of JSON Lines on standard input."""
    yield from _in_lines("-", sys.stdin.buffer)


def _in_file(path: Path) -> Iterator[Found]:
    kind = _kind(path)
    if kind not in KNOWN:
        message = f"{path}: Marsad reads {', '.join(sorted(KNOWN))}, also with .gz; rename the file to what it is"
        raise InputError(message)
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        if kind in JSON_LINES:
            yield from _in_lines(str(path), file)
            return
        raw = file.read()
    if kind in FEEDS:
        yield from ((f"{path}#{number}", article) for number, article in enumerate(articles_in_feed(raw), 1))
        return
    yield str(path), article_in_page(raw, "") if kind in PAGES else _in_text(raw)


def _kind(path: Path) -> str:
    return (Path(path.stem).suffix if path.suffix == ".gz" else path.suffix).lower()


def _in_lines(name: str, lines: "Iterator[bytes] | object") -> Iterator[Found]:
    for number, line in enumerate(lines, 1):  # type: ignore[arg-type,var-annotated]  # any binary file
        if line.strip():
            try:
                yield f"{name}:{number}", _decoder.decode(line)
            except (ValueError, RecursionError) as error:
                yield f"{name}:{number}", str(error)


def _in_text(raw: bytes) -> WireArticle | str:
    """Read plain text: the first line is the title."""
    try:
        title, _, body = raw.decode("utf-8-sig").strip().partition("\n")
    except UnicodeDecodeError as error:
        return f"byte {error.start} is not UTF-8"
    return WireArticle(title=title.strip(), body=body.strip())
