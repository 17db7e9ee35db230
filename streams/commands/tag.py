"""`marsad tag`: what articles are about, without any server."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click
import msgspec

from processors.article import Article
from processors.errors import InputError
from processors.tags import TaggedArticle
from streams.codec import WireArticle, decode_line, encode
from streams.settings import Settings


@click.command(short_help="Tag articles: whom and what they are about.")
@click.argument("paths", nargs=-1, metavar="[FILE|-]...")
@click.option("--lang", help="The articles' language; default: what they say, else it is detected.")
@click.option("--json", "as_json", is_flag=True, help="Print each article's tags and mentions as a line of JSON.")
def tag(*, paths: tuple[str, ...], lang: str | None, as_json: bool) -> None:
    """Tag articles and show them with their mentions marked; without a FILE, from standard input.

    A file holds articles as JSON Lines ({"id", "lang", "title", "body", ...}) or one article as plain text. Answers
    come line by line, in the articles' order.
    """
    from streams.show_tags import TagPrinter
    from streams.wiring import load_tagger

    settings = Settings.load()
    tagger = load_tagger(settings)
    printer = TagPrinter(tagger.catalogue)
    encoder = msgspec.json.Encoder()
    for article in articles(paths or ("-",), lang, settings.article_max_bytes):
        tagged = tagger.tag(article)
        if as_json:
            sys.stdout.buffer.write(encoder.encode(answer(tagged)) + b"\n")
        else:
            printer.show(tagged)
    sys.stdout.flush()


def answer(tagged: TaggedArticle) -> dict[str, object]:
    """Return the tags of an article as they are printed."""
    return {
        "id": tagged.article.id,
        "lang": tagged.article.lang,
        "actors": tagged.actors,
        "topics": tagged.topics,
        "mentions": tagged.mentions,
    }


def articles(paths: tuple[str, ...], lang: str | None, limit: int) -> Iterator[Article]:
    """Yield the articles of files; raise InputError that says which line cannot be read."""
    for path in paths:
        if path == "-":
            yield from _of_stream(sys.stdin.buffer, "standard input", lang, limit)
            continue
        try:
            with Path(path).open("rb") as file:
                yield from _of_stream(file, path, lang, limit)
        except OSError as error:
            message = f"{path}: {error.strerror or error}"
            raise InputError(message) from error


def _of_stream(stream: BinaryIO, name: str, lang: str | None, limit: int) -> Iterator[Article]:
    first = stream.readline()
    if not first:
        return
    if not first.lstrip().startswith(b"{"):
        text = (first + stream.read()).decode("utf-8", "replace")
        title, _, body = text.partition("\n")
        wire = WireArticle(title=title.strip() if body.strip() else "", body=body.strip() or title, lang=lang)
        yield _read(encode(wire), f"{name}:1", None, limit)
        return
    yield _read(first, f"{name}:1", lang, limit)
    for number, line in enumerate(stream, 2):
        if line.strip():
            yield _read(line, f"{name}:{number}", lang, limit)


def _read(line: bytes, where: str, lang: str | None, limit: int) -> Article:
    article = decode_line(line, where, time.time(), max(limit, len(line)))
    return msgspec.structs.replace(article, lang=lang) if lang else article
