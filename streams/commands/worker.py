"""`marsad worker`: read articles, raise alerts."""

import click

from streams.settings import Settings


@click.command(short_help="Read articles, raise alerts.")
def worker() -> None:
    """Read articles from Kafka, tag and count them, and publish alerts, until stopped.

    Start as many as there are partitions; they share the work. Ctrl-C or SIGTERM ends one in order.
    """
    from streams.engine import create_app

    settings = Settings.load()
    app = create_app(settings)
    running = app.conf.Worker(app, loglevel=settings.log_level, redirect_stdouts=False)  # type: ignore[operator]  # a setting, not a type
    running.execute_from_commandline()
