"""`marsad follow`: alerts as they come."""

import sys
import time

import click
import msgspec

from alerts.severity import Severity
from streams.commands.counts import seconds
from streams.settings import Settings


@click.command()
@click.option("--rule", "rules", multiple=True, help="Only alerts of this rule; may be repeated.")
@click.option("--actor", help="Only alerts on this actor (an id, or a name in any language).")
@click.option("--topic", help="Only alerts on this topic.")
@click.option(
    "--severity",
    type=click.Choice([severity.value for severity in Severity]),
    help="Only alerts that matter at least so much.",
)
@click.option("--since", callback=seconds, metavar="DURATION", help="Begin so long ago, such as 2h.")
@click.option("--from-start", is_flag=True, help="Begin with the oldest alert that Kafka keeps.")
@click.option(
    "--idle", type=click.FloatRange(0, min_open=True), metavar="SECONDS", help="End after so long without any."
)
@click.option("--audit", is_flag=True, help="Show instead what was held back, and what was delivered where, with why.")
@click.option("--lang", default="en", show_default=True, help="Language of the actors' names.")
@click.option("--json", "as_json", is_flag=True, help="Print each alert as a line of JSON, as it stands on Kafka.")
def follow(  # noqa: PLR0913 - a command's options
    *, rules: tuple[str, ...], actor: str | None, topic: str | None, severity: str | None, since: float | None,
    from_start: bool, idle: float | None, lang: str, as_json: bool, audit: bool,
) -> None:  # fmt: skip
    """Show alerts as they come, until Ctrl-C."""
    from streams.alertlog import AlertFilter, read_alerts, read_audit
    from streams.show import AlertPrinter
    from streams.show_audit import entry_line
    from streams.wiring import load_tagger

    settings = Settings.load()
    tagger = load_tagger(settings)
    wanted = AlertFilter(
        rules=frozenset(rules),
        actor=tagger.actor(actor) if actor else None,
        topic=topic,
        severity=Severity(severity) if severity else None,
    )
    start = 0.0 if from_start else None if since is None else time.time() - since
    printer = AlertPrinter(tagger.catalogue, lang)
    try:
        if audit:
            for entry in filter(wanted.lets_entry_through, read_audit(settings, start, idle)):
                _say(msgspec.json.encode(entry).decode() if as_json else entry_line(entry, tagger.catalogue, lang))
            return
        for alert in filter(wanted.lets_through, read_alerts(settings, start, idle)):
            if as_json:
                _say(msgspec.json.encode(alert).decode())
            else:
                printer.show(alert)
                sys.stdout.flush()
    except KeyboardInterrupt:
        click.echo("", err=True)


def _say(line: str) -> None:
    click.echo(line)
    sys.stdout.flush()
