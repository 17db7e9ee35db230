"""`marsad local`: start and end the local services."""

import json

import click
import msgspec

from streams.settings import Settings

_json = click.option("--json", "as_json", is_flag=True, help="Print the addresses as a JSON object.")


@click.group()
def local() -> None:
    """Run a real Kafka and a real Redis on this machine, for Marsad alone.

    They need no Docker, no root and no system package, listen on 127.0.0.1, keep their data in the user's cache
    (MARSAD_HOME), and are found by every other command.
    """


@local.command()
@_json
def up(*, as_json: bool) -> None:
    """Start Kafka and Redis, and create Marsad's Kafka topics."""
    from streams.local.services import LocalServices
    from streams.topics import create_topics

    settings = Settings.load()
    addresses = LocalServices(settings).up(lambda line: click.echo(line, err=True))
    create_topics(settings, addresses.kafka)
    if as_json:
        click.echo(msgspec.json.encode(addresses).decode())
        return
    click.echo(f"Kafka {addresses.kafka}\nRedis {addresses.redis}")


@local.command()
@_json
def down(*, as_json: bool) -> None:
    """End Kafka and Redis; their data stays."""
    from streams.local.services import LocalServices

    LocalServices(Settings.load()).down(lambda line: click.echo(line, err=as_json))
    if as_json:
        click.echo(json.dumps({"kafka": None, "redis": None}))


@local.command()
@_json
def status(*, as_json: bool) -> None:
    """Tell what runs; exit 1 when not both do."""
    from streams.local.services import LocalServices

    servers = LocalServices(Settings.load()).status()
    if as_json:
        click.echo(json.dumps({name: f"127.0.0.1:{s.port}" if s else None for name, s in servers.items()}))
    else:
        for name, server in servers.items():
            state = f"127.0.0.1:{server.port}, process {server.pid}, log {server.log}" if server else "not running"
            click.echo(f"{name}: {state}")
    raise SystemExit(0 if all(servers.values()) else 1)
