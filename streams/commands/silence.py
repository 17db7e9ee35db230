"""`marsad silence`: hold alerts back for a while."""

import asyncio
import time
from datetime import UTC, datetime
from secrets import token_hex
from typing import TYPE_CHECKING, TypeVar

import click
import msgspec

from processors.errors import InputError
from streams.commands.counts import seconds
from streams.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from alerts.silences import Silence, Silences
    from processors.tagging import Tagger

Result = TypeVar("Result")


@click.group()
def silence() -> None:
    """Hold alerts back for a while; every worker obeys within two seconds."""


def _text(_: click.Context, __: click.Parameter, value: str) -> str:
    if not value.strip():
        message = "say something"
        raise click.BadParameter(message)
    return value.strip()


@silence.command("add", short_help="Silence a rule, an actor, a pair or a topic.")
@click.option("--rule", help="Alerts of this rule.")
@click.option("--actor", help="Alerts on this actor (an id, or a name in any language).")
@click.option("--pair", nargs=2, metavar="X Y", help="Alerts on both of these actors.")
@click.option("--topic", help="Alerts on this topic or one below it.")
@click.option("--for", "lasts", callback=seconds, metavar="DURATION", help="How long, such as 2h.")
@click.option("--until", type=click.DateTime(["%Y-%m-%dT%H:%M:%S%z"]), help="Until when, such as 2031-02-03T04:05:00Z.")
@click.option("--author", required=True, callback=_text, help="Who silences it.")
@click.option("--reason", required=True, callback=_text, help="Why; the audit topic tells it of each alert held back.")
def add(  # noqa: PLR0913 - a command's options
    *, rule: str | None, actor: str | None, pair: tuple[str, str] | None, topic: str | None,
    lasts: float | None, until: datetime | None, author: str, reason: str,
) -> None:  # fmt: skip
    """Hold back alerts that are all of what is named, and print the silence's id."""
    from alerts.silences import Silence
    from streams.wiring import load_tagger

    if not (rule or actor or pair or topic):
        message = "name what to silence: --rule, --actor, --pair or --topic"
        raise click.UsageError(message)
    settings, now = Settings.load(), time.time()
    tagger = load_tagger(settings)
    made = Silence(
        id=token_hex(4),
        author=author,
        reason=reason,
        starts=now,
        ends=_end(lasts, until, now),
        rule=rule,
        actor=tagger.actor(actor) if actor else None,
        pair=(tagger.actor(pair[0]), tagger.actor(pair[1])) if pair else None,
        topic=topic,
        topics=_below(tagger, topic) if topic else (),
    )
    _ask(settings, lambda silences: silences.add(made, now))
    click.echo(made.id)


def _end(lasts: float | None, until: datetime | None, now: float) -> float:
    if (lasts is None) == (until is None):
        message = "say when it ends: --for or --until, one of them"
        raise click.UsageError(message)
    ends = until.timestamp() if until else now + (lasts or 0.0)
    if ends <= now:
        message = "it would have ended already; give an end that is to come"
        raise click.UsageError(message)
    return ends


def _below(tagger: "Tagger", topic: str) -> tuple[str, ...]:
    if topic not in tagger.catalogue.topics:
        message = f"topic {topic} is not in the catalogue; there are {', '.join(tagger.catalogue.topics)}"
        raise InputError(message)
    return tuple(sorted(t for t in tagger.catalogue.topics if topic in tagger.catalogue.ancestors(t)))


@silence.command("list", short_help="Print the silences that have not ended.")
@click.option("--json", "as_json", is_flag=True, help="Print each silence as a line of JSON.")
def list_(*, as_json: bool) -> None:
    """Print the silences that have not ended, the next to end first."""
    found = _ask(Settings.load(), lambda silences: silences.listed(time.time()))
    for one in found:
        click.echo(msgspec.json.encode(one).decode() if as_json else _line(one))
    if not found and not as_json:
        click.echo("Nothing is silenced.")


@silence.command("end", short_help="End a silence now.")
@click.argument("name", metavar="ID")
def end(*, name: str) -> None:
    """End a silence before its time."""
    if not _ask(Settings.load(), lambda silences: silences.end(name)):
        message = f"there is no silence {name}; `marsad silence list` shows those that there are"
        raise InputError(message)


def _line(one: "Silence") -> str:
    named = {"rule": one.rule, "actor": one.actor, "pair": one.pair and " + ".join(one.pair), "topic": one.topic}
    what = ", ".join(f"{key} {value}" for key, value in named.items() if value)
    until = datetime.fromtimestamp(one.ends, UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"{one.id}  {what}  until {until}  by {one.author}: {one.reason}"


def _ask(settings: Settings, question: "Callable[[Silences], Awaitable[Result]]") -> Result:
    return asyncio.run(_asked(settings, question))


async def _asked(settings: Settings, question: "Callable[[Silences], Awaitable[Result]]") -> Result:
    from alerts.silences import Silences
    from processors.keys import Keys
    from streams.servers import locate, redis_client

    async with redis_client(settings, locate(settings).redis) as redis:
        return await question(Silences(redis, Keys(settings.redis_prefix)))
