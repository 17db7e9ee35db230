"""What is told while a crash test runs, each line with the seconds since its start."""

import time
from collections.abc import Callable

import click

Say = Callable[[str], None]


def clock() -> Say:
    """Return what prints lines from now on."""
    begun = time.monotonic()

    def say(line: str) -> None:
        click.echo(f"{time.monotonic() - begun:6.1f} s  {line}")

    return say
