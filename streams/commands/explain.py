"""`marsad explain`: why something was tagged, or was not."""

import click

from processors.errors import InputError
from streams.settings import Settings


@click.group()
def explain() -> None:
    """Say why Marsad decided as it did."""


@explain.command("tag", short_help="Why an article was tagged, or was not.")
@click.argument("article", metavar="ARTICLE|-")
@click.argument("names", nargs=-1, metavar="[ACTOR|TOPIC]...")
@click.option("--lang", help="The article's language; default: what it says, else it is detected.")
def explain_tag(*, article: str, names: tuple[str, ...], lang: str | None) -> None:
    """Say for each actor and topic of ARTICLE what showed it, and what looked like it but did not count, and why.

    ARTICLE is a file of one article, as JSON or as plain text, or `-`. With ACTOR or TOPIC (ids, or names in any
    language) only these are explained, also when the article was not tagged for them.
    """
    from streams.commands.tag import articles
    from streams.reasons import reasons
    from streams.wiring import load_tagger

    settings = Settings.load()
    tagger = load_tagger(settings)
    wanted = {name if name in tagger.catalogue.topics else tagger.actor(name) for name in names}
    read = next(articles((article,), lang, settings.article_max_bytes), None)
    if read is None:
        message = f"{article}: there is no article in it"
        raise InputError(message)
    for line in reasons(tagger, read, wanted):
        click.echo(line)
