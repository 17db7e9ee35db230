"""The command line."""

from importlib import import_module
from importlib.metadata import version
from typing import Any

import click

from processors.errors import MarsadError

COMMANDS = {
    "demo": "streams.commands.demo",
    "local": "streams.local.commands",
    "worker": "streams.commands.worker",
    "ingest": "streams.commands.ingest",
    "follow": "streams.commands.follow",
    "notify": "streams.commands.notify",
    "tag": "streams.commands.tag",
    "stories": "streams.commands.stories",
    "explain": "streams.commands.explain",
    "rules": "streams.commands.rules",
    "catalogue": "streams.commands.catalogue",
    "counts": "streams.commands.counts",
    "status": "streams.commands.status",
    "silence": "streams.commands.silence",
    "topics": "streams.commands.topics",
    "config": "streams.commands.config",
}


class _Marsad(click.Group):
    """Commands by name, loaded when they are asked for; what a person can mend is told in one message."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name]), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as above
        try:
            return super().invoke(ctx)
        except MarsadError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_Marsad, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("marsad"), message="marsad %(version)s")
def main() -> None:
    """Watch the world's news: articles in, alerts out.

    `marsad demo` shows all of it on sample articles. To run it for real: `marsad local up` (or set MARSAD_KAFKA and
    MARSAD_REDIS), `marsad worker`, `marsad ingest` articles, `marsad follow` the alerts.
    """


if __name__ == "__main__":
    main()
