"""`marsad catalogue`: the actors and topics that Marsad knows."""

import sys
from pathlib import Path

import click

from streams.settings import Settings


@click.group()
def catalogue() -> None:
    """Look into the catalogue of actors and topics, and check it."""


@catalogue.command("check", short_help="Find what is doubtful in the catalogue.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[FILE|FOLDER]...")
def check(*, paths: tuple[Path, ...]) -> None:
    """Find duplicates, clashing aliases, undated roles and aliases that are common words, with file and line.

    Without FILE, Marsad's catalogue and your own (MARSAD_CATALOGUE) are checked; a FILE is checked together with them.
    Exit status 1 when something is doubtful, or when a file cannot be read.
    """
    from processors.catalogue.check import findings
    from processors.catalogue.entries import merge
    from processors.catalogue.files import read_parts
    from streams.wiring import catalogue_places

    parts = read_parts([*catalogue_places(Settings.load()), *paths])
    entries = merge(parts)
    wanted = [str(path) for path in paths]
    found = [line for line in findings(parts) if not wanted or any(path in line for path in wanted)]
    for line in found:
        click.echo(line)
    click.echo(f"{len(entries.actors)} actors, {len(entries.topics)} topics: {len(found) or 'no'} doubtful", err=True)
    sys.exit(1 if found else 0)


@catalogue.command("show", short_help="Print an entry, with every way to write it.")
@click.argument("name")
@click.option("--lang", help="Only this language.")
def show(*, name: str, lang: str | None) -> None:
    """Print an actor or a topic by its id or by a name in any language: what it is, and every way to write it."""
    from streams.show_entry import entry_as_yaml
    from streams.wiring import load_tagger

    tagger = load_tagger(Settings.load())
    wanted = name if name in tagger.catalogue.topics else tagger.actor(name)
    click.echo(entry_as_yaml(tagger.compiled.entries, wanted, lang), nl=False)
