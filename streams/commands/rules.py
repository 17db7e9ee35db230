"""`marsad rules`: write watch rules and check them."""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from processors.durations import DAY
from processors.errors import InputError
from streams.settings import Settings

if TYPE_CHECKING:
    from alerts.rules import Problem


@click.group()
def rules() -> None:
    """Write watch rules, and check them before they go live."""


@rules.command("check", short_help="Find every mistake in watch rules.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[FILE|FOLDER]...")
def check(*, paths: tuple[Path, ...]) -> None:
    """Find every mistake in files of watch rules, each with its line and column; exit status 1 when there is one.

    Without FILE, the rules in force (MARSAD_RULES) are checked. A warning, of a rule that tells nothing of its own or
    that fits a tenth of the sample articles, does not keep a worker from starting; an error does.
    """
    from alerts.rules import RuleFileError, read_rules
    from streams.samples import samples
    from streams.wiring import load_tagger, rule_places

    settings = Settings.load()
    places = paths or tuple(rule_places(settings))
    tagger = load_tagger(settings, places)
    try:
        sample = [tagger.tag(article) for article in samples(time.time(), settings.article_max_bytes)]
        found = read_rules(places, tagger, sample=sample)
    except RuleFileError as error:
        _tell(error.problems)
    else:
        disabled = f", {len(found.disabled)} not enabled" if found.disabled else ""
        click.echo(f"{len(found.index.rules)} rules in force{disabled}", err=True)
        _tell(found.warnings)


@rules.command("test", short_help="Run tests of watch rules.")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE|FOLDER..."
)
@click.option("-k", "only", metavar="TEXT", help="Only tests whose name holds TEXT.")
@click.option("--junit", type=click.Path(dir_okay=False, path_type=Path), help="Also write the results as JUnit XML.")
def test(*, paths: tuple[Path, ...], only: str | None, junit: Path | None) -> None:
    """Run test files: articles arrive at virtual times, and alerts are compared with those expected.

    Each test has rules that remember nothing. Unexpected alerts fail. The exit status is 1 when a test fails.
    """
    import asyncio

    from alerts.rules import RuleFileError
    from streams.counting import counting
    from streams.junit import write_junit
    from streams.ruletests import prepare, run_tests

    settings, results = Settings.load(), []
    try:
        ready = prepare(paths, settings, only or "")
    except RuleFileError as error:
        _tell(error.problems)

    async def run() -> None:
        with counting("tests", len(ready)) as count:
            async for result in run_tests(ready, settings):
                count(1)
                results.append(result)
                click.echo(f"{'ok  ' if result.passed else 'FAIL'}  {result.file.name}: {result.name}")
                for line in result.failures:
                    click.echo(f"      {line}")

    asyncio.run(run())
    failed = sum(not result.passed for result in results)
    click.echo(f"{len(results)} tests, {failed} failed", err=True)
    if junit:
        write_junit(junit, results)
    if not results:
        message = "there is no such test" if only else "there is no test in these files"
        raise InputError(message)
    sys.exit(1 if failed else 0)


def _moment(_: click.Context, __: click.Parameter, value: datetime | None) -> float | None:
    return value.replace(tzinfo=UTC).timestamp() if value else None


@rules.command("backtest", short_help="Show what rules would have said of articles of the past.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[FILE]...")
@click.option("--kafka", is_flag=True, help="Replay the articles on Kafka instead of FILEs.")
@click.option("--rules", "places", multiple=True, type=click.Path(exists=True, path_type=Path),
              help="A file or folder of rules, may be repeated; default: those in force.")  # fmt: skip
@click.option("--from", "since", type=click.DateTime(), callback=_moment, help="Only articles from this time on, UTC.")
@click.option("--to", "until", type=click.DateTime(), callback=_moment, help="Only articles before this time, UTC.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list, an object for each rule.")
def backtest_rules(
    *, paths: tuple[Path, ...], kafka: bool, places: tuple[Path, ...], since: float | None, until: float | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Replay articles to rules, in the order of their times and without sending anything; say what would have come.

    FILEs hold articles as JSON Lines, also compressed (.gz), or records of the Kafka topic of tagged articles. These
    have no body, so that distances within paragraphs and words of rules' own are found in their titles alone.
    """
    import asyncio

    import msgspec

    from alerts.rules import read_rules
    from streams.backtest import backtest
    from streams.counting import counting
    from streams.replay import from_file, from_kafka
    from streams.show_backtest import show_reports
    from streams.wiring import load_tagger, rule_places

    if bool(paths) == kafka:
        message = "name FILEs of articles, or say --kafka"
        raise click.UsageError(message)
    settings = Settings.load()
    chosen = places or tuple(rule_places(settings))
    tagger = load_tagger(settings, chosen)
    in_force = read_rules(chosen, tagger).index
    now = time.time()
    found = (
        from_kafka(settings, tagger, since or 0.0) if kafka else (a for p in paths for a in from_file(p, tagger, now))
    )
    articles = []
    with counting("articles tagged") as done:
        for tagged in found:
            done(1)
            if (since or 0.0) <= tagged.article.published_at < (until or float("inf")):
                articles.append(tagged)
    with counting("articles judged", len(articles)) as judged:
        reports = asyncio.run(backtest(articles, tagger, in_force, settings.story_window, judged))
    if as_json:
        click.echo(msgspec.json.encode(reports).decode())
        return
    show_reports(reports, len({int(tagged.article.published_at // DAY) for tagged in articles}))


@rules.command("schema", short_help="Print the JSON Schema of a file of watch rules.")
def schema() -> None:
    """Print the JSON Schema of a file of watch rules, with which editors complete and check what is typed."""
    from streams.schemas import encoded, schemas

    click.echo(encoded(schemas()["rules.schema.json"]), nl=False)


@rules.command("new", short_help="Write a file of watch rules to begin with.")
@click.argument("path", type=click.Path(path_type=Path), default="rules.yaml", metavar="[FILE]")
def new(*, path: Path) -> None:
    """Write a commented FILE of watch rules to begin with (rules.yaml), and the schema for editors beside it.

    Nothing that is there is overwritten.
    """
    from importlib.resources import files

    from streams.schemas import encoded, schemas

    schema_path = path.with_name("rules.schema.json")
    try:
        with path.open("xb") as file:
            file.write((files("seeds") / "new-rules.yaml").read_bytes())
    except FileExistsError as error:
        message = f"{path}: there is such a file already; name another one"
        raise InputError(message) from error
    except OSError as error:
        message = f"{path}: cannot be written: {error.strerror}"
        raise InputError(message) from error
    schema_path.write_bytes(encoded(schemas()["rules.schema.json"]))
    click.echo(f"{path} is written. Edit it, check it with `marsad rules check {path}`, and set MARSAD_RULES={path}.")


@rules.command("status", short_help="Show which rules every worker runs.")
def status() -> None:
    """Show how many rules every worker runs and their revision, and what keeps changed files from being in force.

    Exits with 1 when changed rules are refused, when workers run different ones, or when no worker runs.
    """
    import asyncio

    from streams.commands.status import workers
    from streams.servers import locate

    settings = Settings.load()
    running = [seen.worker for seen in asyncio.run(workers(settings, locate(settings).redis)) if not seen.lost]
    for worker in running:
        click.echo(f"{worker.id}: {worker.rules} rules at revision {worker.revision}")
    refused = dict.fromkeys(problem for worker in running for problem in worker.refused)
    for problem in refused:
        click.echo(f"refused: {problem}")
    revisions = {worker.revision for worker in running}
    if not running:
        click.echo("no worker runs; start one with `marsad worker`")
    elif len(revisions) > 1:
        click.echo(f"the workers run different rules: revisions {', '.join(sorted(revisions))}")
    sys.exit(1 if refused or len(revisions) != 1 else 0)


def _tell(problems: "list[Problem] | tuple[Problem, ...]") -> NoReturn:
    """Print problems and exit, with status 1 when there are some."""
    for problem in problems:
        click.echo(problem)
    click.echo(f"{len(problems) or 'no'} problem{'' if len(problems) == 1 else 's'}", err=True)
    sys.exit(1 if problems else 0)
