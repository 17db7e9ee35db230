"""`marsad config`: the settings in force."""

import json
import re

import click
from pydantic import SecretStr

from processors.durations import format_duration
from streams.settings import Settings, variable

_PASSWORD = re.compile(r"(?<=:)[^:@/]+(?=@)")


def shown(value: object) -> str | None:
    """Return a setting's value with what is secret in it masked."""
    if value is None:
        return None
    if isinstance(value, SecretStr):
        secret = value.get_secret_value()
        return _PASSWORD.sub("***", secret) if "://" in secret else "***"
    return format_duration(value) if isinstance(value, float) else str(value)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
def config(*, as_json: bool) -> None:
    """Print the settings in force, secrets masked.

    Each is an environment variable; docs/settings.md has them all in one table.
    """
    settings = Settings.load()
    values = {variable(name): shown(getattr(settings, name)) for name in Settings.model_fields}
    if as_json:
        click.echo(json.dumps(values, indent=2, ensure_ascii=False))
        return
    for name, value in values.items():
        comment = Settings.model_fields[name.removeprefix("MARSAD_").lower()].description
        click.echo(f"{name}={value or ''}".ljust(48) + f"  # {comment}")
