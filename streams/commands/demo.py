"""`marsad demo`: all of it on sample articles, in one command."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import click
from pydantic import SecretStr

from processors.errors import ServiceError
from streams.settings import Settings

if TYPE_CHECKING:
    from streams.local.services import Addresses

_QUIET_FOR = 6.0
_READY_WITHIN = 60.0
_RULE = """\
  - id: my-first-rule
    pair: [Türkiye, 이집트]        # two actors, in any language
    topics: [diplomacy, trade]"""


@click.command(short_help="Show all of it on sample articles.")
@click.option("--once", is_flag=True, help="End after the alerts instead of waiting for Ctrl-C.")
def demo(*, once: bool) -> None:
    """Feed the sample articles to a worker with a Kafka and a Redis of its own, and show the alerts.

    Everything is started for the demo, in a folder of its own, and ended with it.
    """
    settings = Settings.load()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended from outside, it cleans up as well
    folder = settings.home / "demo"
    try:
        _clear(settings, folder)
        with _services(settings, folder) as addresses, _worker(addresses, folder) as log:
            _show(settings, addresses)
            _explain(_metrics_address(log), addresses, folder)
            if not once:
                click.echo("\nCtrl-C ends the demo.")
                signal.pause()
    except KeyboardInterrupt:
        click.echo("\nThe demo has ended.")


def _clear(settings: Settings, folder: Path) -> None:
    """Remove what an earlier demo left behind; one that was killed left its servers running."""
    from streams.local.services import LocalServices

    if folder.exists():
        with suppress(ServiceError):  # a record that cannot be read names nothing to end
            LocalServices(settings, folder).down(lambda _: None)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _services(settings: Settings, folder: Path) -> "Iterator[Addresses]":
    from streams.local.services import LocalServices
    from streams.topics import create_topics

    local = LocalServices(settings, folder)
    try:
        addresses = local.up(click.echo)
        create_topics(settings, addresses.kafka)
        yield addresses
    finally:
        local.down(lambda _: None)


@contextmanager
def _worker(addresses: "Addresses", folder: Path) -> Iterator[Path]:
    log = folder / "worker.log"
    click.echo("Starting a worker ...")
    environment = {**os.environ, "MARSAD_KAFKA": addresses.kafka, "MARSAD_REDIS": addresses.redis}
    with log.open("wb") as output:
        command = [sys.executable, "-m", "streams.cli", "worker"]
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output, start_new_session=True)
    try:
        deadline = time.monotonic() + _READY_WITHIN
        while "metrics at" not in log.read_text("utf-8", "replace"):
            if process.poll() is not None or time.monotonic() > deadline:
                message = f"the worker did not start; its log {log} ends:\n{log.read_text('utf-8', 'replace')[-2000:]}"
                raise ServiceError(message)
            time.sleep(0.1)
        yield log
    finally:
        process.terminate()
        process.wait(20)


def _show(settings: Settings, addresses: "Addresses") -> None:
    from streams.alertlog import read_alerts
    from streams.ingest.files import articles_in
    from streams.ingest.send import send, shift_to_now
    from streams.show import AlertPrinter
    from streams.wiring import load_tagger

    at_demo = settings.model_copy(update={"kafka": addresses.kafka, "redis": SecretStr(addresses.redis)})
    samples = shift_to_now(list(articles_in(Path(str(files("seeds"))) / "articles")), within=23 * 3600.0)
    summary = send(at_demo, samples, lambda: None)
    click.echo(f"{summary.sent} sample articles sent, in eight languages, moved to the last day. Their alerts:\n")
    printer = AlertPrinter(load_tagger(settings).catalogue, "en")
    found = 0
    for alert in read_alerts(at_demo, 0.0, _QUIET_FOR):
        printer.show(alert)
        found += 1
    click.echo(f"{found} alerts.")
    if not found:
        message = "the sample articles raised no alert within the time"
        raise ServiceError(message)


def _metrics_address(log: Path) -> str:
    return log.read_text("utf-8", "replace").partition("metrics at ")[2].split()[0]


def _explain(metrics: str, addresses: "Addresses", folder: Path) -> None:
    click.echo(f"""
Metrics:  {metrics}
Kafka:    {addresses.kafka}    Redis: {addresses.redis}    worker's log: {folder / "worker.log"}

Add a rule of your own: put it into a file, below `rules:`, and set MARSAD_RULES to the file.
{_RULE}
""")
