"""`marsad counts`: the rolling counts."""

import asyncio
import json
import time

import click

from processors.counts import Counts, CountStore, Subject, actor_subject, pair_subject, topic_subject
from processors.durations import format_duration, parse_duration
from processors.errors import InputError
from processors.tagging import Tagger
from streams.settings import Settings

Row = tuple[str, Counts]


def seconds(_: click.Context, __: click.Parameter, value: str | None) -> float | None:
    """Read a duration option."""
    try:
        return None if value is None else parse_duration(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@click.command(short_help="Print the rolling counts.")
@click.option("--window", default="24h", show_default=True, callback=seconds, help="How far to look back.")
@click.option("--actor", help="Count this actor (an id, or a name in any language) and its pairs.")
@click.option("--pair", nargs=2, metavar="X Y", help="Count this pair, and it with each topic.")
@click.option("--topic", help="Count this topic; with --pair: the pair with it.")
@click.option("--top", default=10, show_default=True, type=click.IntRange(1), help="How many rows of a kind.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
def counts(
    *, window: float, actor: str | None, pair: tuple[str, str] | None, topic: str | None, top: int, as_json: bool
) -> None:
    """Print how many articles, stories and sources named what, lately.

    Without an actor, pair or topic: what was named most. Windows are of event time, in whole hours.
    """
    from streams.wiring import load_tagger

    settings = Settings.load()
    tagger = load_tagger(settings)
    rows = asyncio.run(_rows(settings, window, _asked(tagger, actor, pair, topic), top))
    if as_json:
        fields = Counts.__struct_fields__
        click.echo(json.dumps([{"subject": name, **{f: getattr(c, f) for f in fields}} for name, c in rows]))
        return
    _print(rows, tagger, window)


def _asked(tagger: Tagger, actor: str | None, pair: tuple[str, str] | None, topic: str | None) -> list[tuple[str, str]]:
    """Return what was asked for as (subject, what further subjects must hold)."""
    if topic is not None and topic not in tagger.catalogue.topics:
        message = f"topic {topic} is not in the catalogue; there are {', '.join(tagger.catalogue.topics)}"
        raise InputError(message)
    if pair:
        one, other = (tagger.actor(name) for name in pair)
        subject = pair_subject(one, other, topic or "")
        return [(subject, "" if topic else f"{subject}|")]
    if actor:
        found = tagger.actor(actor)
        return [(actor_subject(found), found)]
    return [(topic_subject(topic), "")] if topic else []


async def _rows(settings: Settings, window: float, asked: list[tuple[str, str]], top: int) -> list[Row]:
    from processors.keys import Keys
    from streams.servers import locate, redis_client
    from streams.wiring import claims_ttl

    redis = redis_client(settings, locate(settings).redis)
    try:
        store = CountStore(redis, Keys(settings.redis_prefix), claims_ttl(settings), settings.counts_retention)
        now = time.time()
        names = [subject for subject, _ in asked]
        for _, within in asked:
            names += await store.top(Subject.PAIR, now, window, top, within) if within else []
        if not asked:
            for kind in Subject:
                names += await store.top(kind, now, window, top)
        return list(zip(names, await store.read(names, now, window), strict=True))
    finally:
        await redis.aclose()


def _print(rows: list[Row], tagger: Tagger, window: float) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"The last {format_duration(window)}", title_justify="left")
    table.add_column("")
    for title in ("articles", "stories", "sources"):
        table.add_column(title, justify="right")
    for name, count in rows:
        table.add_row(_readable(name, tagger), str(count.articles), str(count.stories), str(count.sources))
    Console().print(table if rows else "Nothing was counted in that time.")


def _readable(subject: str, tagger: Tagger) -> str:
    names, _, topic = subject.partition(":")[2].partition("|")
    text = " + ".join(tagger.catalogue.label(name) for name in names.split("+"))
    return f"{text}, {tagger.catalogue.label(topic)}" if topic else text
