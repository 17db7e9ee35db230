"""`marsad status`: the whole group at a glance."""

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click
import msgspec

from streams.settings import Settings

if TYPE_CHECKING:
    from streams.group import Seen
    from streams.servers import Servers
    from streams.status import LastAlert, Status

Found = TypeVar("Found")


@click.command(short_help="Show how the whole group does.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
def status(*, as_json: bool) -> None:
    """Show the workers of the group, what waits in each partition and the last alert.

    Exits with 1 when something is wrong, and says what.
    """
    from streams.servers import locate
    from streams.show_status import show

    settings = Settings.load()
    found = _look(settings, locate(settings))
    if as_json:
        click.echo(msgspec.json.encode(found))
    else:
        show(found, time.time())
    raise SystemExit(0 if found.ok else 1)


def _look(settings: Settings, servers: "Servers") -> "Status":
    from kafka.errors import KafkaError

    from streams.retry import REDIS_AWAY
    from streams.status import status_of

    problems: list[str] = []
    seen = _reached("Redis", lambda: asyncio.run(workers(settings, servers.redis)), REDIS_AWAY, problems)
    kafka = _reached("Kafka", lambda: _kafka(settings, servers.kafka), (KafkaError,), problems)
    lag, last = kafka or ({}, None)
    return status_of(seen or [], lag, last, problems, time.time())


def _reached(
    server: str, question: Callable[[], Found], away: tuple[type[Exception], ...], problems: list[str]
) -> Found | None:
    try:
        return question()
    except away as error:
        problems.append(f"{server} cannot be reached: {error!r}")
        return None


async def workers(settings: Settings, url: str) -> "list[Seen]":
    """Return the workers of the group, as they said of themselves in Redis."""
    from processors.keys import Keys
    from streams.group import Group
    from streams.servers import redis_client

    async with redis_client(settings, url) as redis:
        return await Group(redis, Keys(settings.redis_prefix)).workers()


def _kafka(settings: Settings, brokers: str) -> "tuple[dict[int, int], LastAlert | None]":
    from streams.grouplog import GroupLog

    log = GroupLog(settings, brokers)
    try:
        return log.lag(), log.last_alert()
    finally:
        log.close()
