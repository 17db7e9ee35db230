"""`marsad stories`: which articles are copies of one report, without any server."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from itertools import islice

import click
import msgspec

from processors.article import Article
from processors.durations import DAY
from processors.keys import Keys
from processors.stories import StoryStore
from streams.commands.tag import articles
from streams.local.private import client, private_redis
from streams.settings import Settings

_FOR_EVER = 3650 * DAY


class Answer(msgspec.Struct):
    """The story of an article, as it is printed."""

    id: str
    story: str


@click.command(short_help="Group articles: which are copies of one report.")
@click.argument("paths", nargs=-1, metavar="[FILE|-]...")
@click.option("--lang", help="The articles' language; default: what they say, else it is detected.")
@click.option("--json", "as_json", is_flag=True, help="Print each article's story as a line of JSON.")
def stories(*, paths: tuple[str, ...], lang: str | None, as_json: bool) -> None:
    """Group articles as a worker would, on a Redis of its own; without a FILE, from standard input.

    A file holds articles as JSON Lines ({"id", "lang", "title", "body", "published_at", ...}) or one article as plain
    text. With --json each article is answered with its id and story, in the articles' order; without it, the stories
    that have several articles are shown.
    """
    settings = Settings.load()
    given = articles(paths or ("-",), lang, settings.article_max_bytes)
    asyncio.run(_answer(given, settings) if as_json else _show(given, settings))


async def _answer(given: Iterable[Article], settings: Settings) -> None:
    encoder = msgspec.json.Encoder()
    async for found in _grouped(given, settings):
        lines = [encoder.encode(Answer(article.id, story)) + b"\n" for article, story in found]
        sys.stdout.buffer.write(b"".join(lines))
        sys.stdout.buffer.flush()


async def _show(given: Iterable[Article], settings: Settings) -> None:
    from streams.show_stories import StoryPrinter

    printer = StoryPrinter()
    async for found in _grouped(given, settings):
        for article, story in found:
            printer.add(article, story)
    printer.show()


async def _grouped(given: Iterable[Article], settings: Settings) -> AsyncIterator[list[tuple[Article, str]]]:
    """Yield the articles with their stories, a batch at a time."""
    from streams.show_stories import counting

    with private_redis() as socket, counting() as count:
        async with client(socket) as redis:
            store = StoryStore(redis, Keys(settings.redis_prefix), _FOR_EVER, settings.story_window)
            for batch in _batches(iter(given), settings.batch_max):
                yield [*zip(batch, await store.assign(batch), strict=True)]
                count(len(batch))


def _batches(given: Iterator[Article], size: int) -> Iterator[list[Article]]:
    while batch := list(islice(given, size)):
        yield batch
