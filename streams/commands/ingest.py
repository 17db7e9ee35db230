"""`marsad ingest`: put articles in."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from processors.errors import MarsadError
from streams.commands.counts import seconds
from streams.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.ingest.files import Found
    from streams.ingest.send import Summary
    from streams.ingest.web import WebClient

_SHOWN = 10


@click.command(short_help="Put articles in: files, feeds, pages.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH|URL|-...")
@click.option("--shift-to-now", is_flag=True, help="Move the articles to the present, the newest to now, spacing kept.")
@click.option("--within", callback=seconds, metavar="DURATION", help="With --shift-to-now: squeeze them into so long.")
@click.option("--every", callback=seconds, metavar="DURATION", help="Fetch the URLs again and again, so long apart.")
def ingest(*, paths: tuple[str, ...], shift_to_now: bool, within: float | None, every: float | None) -> None:
    """Put articles in: files (JSON Lines, text, HTML, RSS, Atom; also folders of them), URLs of feeds or pages.

    `-` reads JSON Lines from standard input. Ids are stable, so that sending again doubles nothing: an ingest that
    was broken off is simply started again.
    """
    settings = Settings.load()
    if every is None:
        problems = _once(settings, paths, within, shift=shift_to_now)
        raise SystemExit(1 if problems else 0)
    while True:
        try:
            _once(settings, paths, within, shift=shift_to_now)
        except MarsadError as error:
            click.echo(f"{error}; trying again in {every:g} s", err=True)
        time.sleep(every)


def _once(settings: Settings, paths: tuple[str, ...], within: float | None, *, shift: bool) -> int:
    from streams.counting import counting
    from streams.ingest.send import send, shift_to_now
    from streams.ingest.web import WebClient

    web = WebClient(settings)
    articles: list[Found] | Iterator[Found] = _found(web, paths)
    if shift:
        articles = shift_to_now(list(articles), within)
    with counting("articles", len(articles) if isinstance(articles, list) else None) as sent:
        summary = send(settings, articles, lambda: sent(1))
    web.keep()
    _report(summary)
    return len(summary.problems)


def _found(web: "WebClient", paths: tuple[str, ...]) -> "Iterator[Found]":
    from streams.ingest.files import articles_in, articles_on_stdin

    for path in paths:
        if path == "-":
            yield from articles_on_stdin()
        elif path.startswith(("http://", "https://")):
            yield from web.articles_at(path)
        else:
            yield from articles_in(Path(path))


def _report(summary: "Summary") -> None:
    for problem in summary.problems[:_SHOWN]:
        click.echo(f"not sent: {problem}", err=True)
    if len(summary.problems) > _SHOWN:
        click.echo(f"... and {len(summary.problems) - _SHOWN} more", err=True)
    click.echo(f"{summary.sent} articles sent" + (f", {len(summary.problems)} not" if summary.problems else ""))
