"""The command line of the crash test: `make crash`."""

import secrets
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import Final

import click
from rich.console import Console

from processors.errors import MarsadError
from tests.crash.chaos import DECK, Kind
from tests.crash.report import show
from tests.crash.run import Options, crash
from tests.crash.say import clock

_PACE: Final = 250
_SHORTEST: Final = 60.0


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--articles", default=100_000, show_default=True, type=click.IntRange(1), help="Messages to feed.")
@click.option("--workers", default=3, show_default=True, type=click.IntRange(1), help="Workers to keep running.")
@click.option("--seed", type=int, help="Decides the articles and the faults; default: one of its own, printed.")
@click.option(
    "--seconds",
    type=click.FloatRange(0),
    help=f"How long to feed at least; default: {_PACE} messages a second, and {_SHORTEST:g} s at least.",
)
@click.option("--each-fault-once", is_flag=True, help="A short chaos, of one fault of each kind.")
@click.option("--keep", is_flag=True, help="Keep the folder with the logs also when nothing is wrong.")
def main(
    *, articles: int, workers: int, seed: int | None, seconds: float | None, each_fault_once: bool, keep: bool
) -> None:
    """Feed generated articles to workers while these, Kafka and Redis are killed and paused, and check the outcome.

    Everything runs on a Kafka and a Redis of its own, in a folder of its own. The exit status is 1 when anything is
    not as it must be; the folder is kept then.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended from outside, it cleans up as well
    chosen = secrets.randbelow(1_000_000) if seed is None else seed
    pace = max(_SHORTEST, articles / _PACE) if seconds is None else seconds
    options = Options(articles, workers, chosen, pace, tuple(Kind) if each_fault_once else DECK)
    folder = Path(tempfile.mkdtemp(prefix="marsad-crash-"))
    passed = False
    try:
        result = crash(options, folder, clock())
        show(result, Console())
        passed = result.passed
    except MarsadError as error:
        raise click.ClickException(str(error)) from error
    finally:
        if passed and not keep:
            shutil.rmtree(folder)
        else:
            click.echo(f"The logs and the data of the servers are in {folder}.")
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    main()
