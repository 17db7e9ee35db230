"""`marsad local`: Kafka and Redis on this machine."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
import msgspec

from processors.errors import MarsadError
from streams.local.services import Addresses, LocalServices
from streams.settings import Settings

as_json_option = click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")


def declare_topics(settings: Settings, addresses: Addresses) -> None:
    """Create Marsad's Kafka topics."""
    from streams.topics import create_topics

    create_topics(settings, addresses.kafka)


after_up: Callable[[Settings, Addresses], None] = declare_topics


@click.group()
def local() -> None:
    """Run Kafka and Redis on this machine, without Docker.

    Both listen on 127.0.0.1 only and keep their data in the folder `local` of MARSAD_HOME. Java, Redis and what
    downloads Kafka come with `pip install 'marsad[local]'`.
    """


@local.command()
@as_json_option
def up(*, as_json: bool) -> None:
    """Start Kafka and Redis, where they do not run yet.

    The first start downloads Kafka from Maven Central, or from the mirror that MARSAD_MAVEN_REPOSITORY or
    ~/.m2/settings.xml names; later starts need no network.
    """
    with _told():
        settings = Settings.load()
        addresses = LocalServices(settings).up(_progress)
        after_up(settings, addresses)
    if as_json:
        click.echo(msgspec.json.encode(addresses))
        return
    click.echo(f"Kafka {addresses.kafka}\nRedis {addresses.redis}")


@local.command()
@as_json_option
def down(*, as_json: bool) -> None:
    """End Kafka and Redis; their data stays for the next start."""
    with _told():
        services = LocalServices(Settings.load())
        services.down(_progress)
        if as_json:
            click.echo(msgspec.json.encode(services.status()))


@local.command()
@as_json_option
@click.pass_context
def status(context: click.Context, *, as_json: bool) -> None:
    """Show how Kafka and Redis are; exit 1 unless both are running."""
    with _told():
        now = LocalServices(Settings.load()).status()
    if as_json:
        click.echo(msgspec.json.encode(now))
    else:
        for name, server in (("Kafka", now.kafka), ("Redis", now.redis)):
            where = f", {server.address}, process {server.pid}" if server.pid else ""
            click.echo(f"{name} {server.state}{where}" + (f"; log {server.log}" if server.log else ""))
    context.exit(0 if now.running else 1)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except MarsadError as error:
        raise click.ClickException(str(error)) from error


def _progress(line: str) -> None:
    click.echo(line, err=True)
