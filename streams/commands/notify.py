"""`marsad notify`: tell receivers of alerts."""

import asyncio
import os
import time
from collections.abc import Sequence
from functools import cache

import click

from alerts.delivery.receivers import AnyReceiver
from processors.errors import ConfigError
from streams.settings import Settings


@click.command(short_help="Tell receivers of alerts.")
@click.option("--check", is_flag=True, help="Check the file of receivers, and tell what would be sent where.")
@click.option("--test", "tested", metavar="RECEIVER", help="Send a test alert to a receiver, once.")
def notify(*, check: bool, tested: str | None) -> None:
    """Tell those in MARSAD_RECEIVERS of alerts, until stopped.

    Start as many as you like; they share the work. Ctrl-C or SIGTERM ends one in order.
    """
    from streams.notify.process import notify as run
    from streams.notify.process import set_up_log
    from streams.notify.senders import senders_of

    settings = Settings.load()
    set_up_log(settings.log_level)
    receivers = _receivers(settings)
    if tested is not None:
        _test(_named(tested, receivers), settings)
        return
    senders = senders_of(receivers, settings.user_agent)
    if check:
        _tell(settings, receivers, {name: sender.to for name, sender in senders.items()})
        return
    asyncio.run(run(settings, [(receiver, senders[receiver.name]) for receiver in receivers]))


def _receivers(settings: Settings) -> Sequence[AnyReceiver]:
    from alerts.delivery.context import Context
    from alerts.delivery.reading import read_receivers
    from streams.wiring import load_tagger

    if settings.receivers is None:
        message = "nobody is to be told: set MARSAD_RECEIVERS to a file of receivers; docs/notify.md says how"
        raise ConfigError(message)
    tagger = cache(lambda: load_tagger(settings))  # only who names actors waits for it
    return read_receivers(settings.receivers, Context(os.environ, lambda written: tagger().actor(written)))


def _named(name: str, receivers: Sequence[AnyReceiver]) -> AnyReceiver:
    found = [receiver for receiver in receivers if receiver.name == name]
    if not found:
        message = f"there is no receiver {name}; there are {', '.join(receiver.name for receiver in receivers)}"
        raise ConfigError(message)
    return found[0]


def _test(receiver: AnyReceiver, settings: Settings) -> None:
    from alerts.delivery.answer import Verdict
    from alerts.delivery.example import alert_to_test
    from streams.notify.sender import Sent
    from streams.notify.senders import sender_of

    async def send() -> Sent:
        sender = sender_of(receiver, settings.user_agent)
        try:
            now = time.time()
            return await sender.send(alert_to_test(receiver.name, now), now)
        finally:
            await sender.close()

    body, answer = asyncio.run(send())
    words = {Verdict.ACCEPTED: "accepted it", Verdict.REFUSED: "refused it", Verdict.AGAIN: "could not be told"}
    said = " ".join(str(part) for part in (answer.status, answer.detail) if part)
    click.echo(f"{body}\n{receiver.name} {words[answer.verdict]}" + (f": {said}" if said else ""))
    if answer.verdict is not Verdict.ACCEPTED:
        raise click.exceptions.Exit(1)


def _tell(settings: Settings, receivers: Sequence[AnyReceiver], places: dict[str, str]) -> None:
    from alerts.rules import read_rules
    from streams.notify.check import described, untold
    from streams.wiring import load_tagger, rule_places

    rules = read_rules(rule_places(settings), load_tagger(settings)).index.rules
    for receiver in receivers:
        click.echo(described(receiver, places[receiver.name], rules))
    for warning in untold(receivers, rules):
        click.echo(f"warning: {warning}", err=True)
