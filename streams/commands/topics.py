"""`marsad topics`: declare the Kafka topics."""

import json

import click

from streams.settings import Settings


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object: name to whether it was created now.")
def topics(*, as_json: bool) -> None:
    """Create Marsad's Kafka topics where they are missing.

    Partitions, replicas and retention are settings: MARSAD_KAFKA_PARTITIONS, MARSAD_KAFKA_REPLICATION and
    MARSAD_KAFKA_RETENTION. Topics that are there already stay as they are.
    """
    from streams.servers import locate
    from streams.topics import create_topics

    settings = Settings.load()
    created = create_topics(settings, locate(settings).kafka)
    if as_json:
        click.echo(json.dumps(created))
        return
    for name, new in created.items():
        click.echo(f"{name}: {'created' if new else 'was there'}")
