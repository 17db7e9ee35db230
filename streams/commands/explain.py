"""`marsad explain`: why something was tagged, or was not."""

from typing import TYPE_CHECKING

import click

from processors.errors import InputError
from streams.settings import Settings

if TYPE_CHECKING:
    from pydantic import SecretStr

    from processors.article import Article


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
    from streams.reasons import reasons
    from streams.wiring import load_tagger

    settings = Settings.load()
    tagger = load_tagger(settings)
    wanted = {name if name in tagger.catalogue.topics else tagger.actor(name) for name in names}
    for line in reasons(tagger, _article(article, lang, settings), wanted):
        click.echo(line)


def _redis(_: click.Context, __: click.Parameter, value: str | None) -> "SecretStr | None":
    from pydantic import ValidationError

    try:
        return Settings.model_validate({"redis": value}).redis if value else None
    except ValidationError as error:
        message = "must begin with redis://, rediss:// or unix://"
        raise click.BadParameter(message) from error


@explain.command("rule", short_help="Why an article fits a watch rule, or does not.")
@click.argument("rule")
@click.argument("article", metavar="ARTICLE|-")
@click.option("--lang", help="The article's language; default: what it says, else it is detected.")
@click.option("--redis", "url", callback=_redis, help="The Redis that the workers have; default: MARSAD_REDIS.")
def explain_rule(*, rule: str, article: str, lang: str | None, url: "SecretStr | None") -> None:
    """Print the conditions of RULE, each PASS or FAIL for ARTICLE, with what was found.

    RULE is the id of a rule in force (MARSAD_RULES), ARTICLE a file of one article, as JSON or as plain text, or `-`.
    What a rule says about time is not judged; how it stands now is read from Redis, where nothing is changed.
    """
    from alerts.rules import read_rules
    from alerts.rules.tree import tree
    from streams.stands import stands
    from streams.wiring import load_tagger, rule_places

    settings = Settings.load()
    tagger = load_tagger(settings)
    index = read_rules(rule_places(settings), tagger).index
    tagged = tagger.tag(_article(article, lang, settings))
    for line in tree(index.why(rule, tagged)):
        click.echo(line)
    for line in stands(settings.model_copy(update={"redis": url}) if url else settings, index, rule, tagged):
        click.echo(line)


def _article(path: str, lang: str | None, settings: Settings) -> "Article":
    from streams.commands.tag import articles

    read = next(articles((path,), lang, settings.article_max_bytes), None)
    if read is None:
        message = f"{path}: there is no article in it"
        raise InputError(message)
    return read
