"""`python -m tests.bench`: everything side by side in one run."""

import os
import signal
import sys
import time
from collections.abc import Callable, Sequence

import click
import msgspec

from processors.errors import MarsadError
from tests.bench.about import about
from tests.bench.arena import Arena, open_arena
from tests.bench.corpus import ROOT, load_corpus
from tests.bench.figures import missed
from tests.bench.material import Material, prepare
from tests.bench.parts import job, latency, memory, noop, scale, steps, tagging
from tests.bench.report import show
from tests.bench.results import FULL, QUICK, Part, Results, Size, say
from tests.bench.stats import BenchError

Measure = Callable[[Arena, Material, Size], Part]
PARTS: dict[str, Measure] = {
    "noop": lambda arena, material, size: noop.measure(
        arena, load_corpus(size.noop, material.corpus.begun), size.rounds
    ),
    "job": lambda arena, material, size: job.measure(arena, material, size.job, size.rounds),
    "rules": lambda arena, material, size: scale.measure_rules(
        arena, material, size.scale, size.rules, size.scale_rounds
    ),
    "aliases": lambda arena, material, size: scale.measure_aliases(
        arena, material, size.scale, size.aliases, size.scale_rounds
    ),
    "latency": lambda arena, material, size: latency.measure(
        arena, material, size.latency_seconds, size.latency_rounds
    ),
    "steps": lambda arena, material, size: steps.measure(arena, material, size.steps),
    "tagging": lambda arena, material, size: tagging.measure(arena, material, size.steps, size.scale_rounds),
    "memory": lambda arena, material, size: memory.measure(arena, material, size.memory),
}
RESULTS = ROOT / "bench.json"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--quick", is_flag=True, help="One round of little each: a look, in three minutes.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
@click.option("--only", multiple=True, type=click.Choice(list(PARTS)), help="Measure this part; may be given again.")
@click.option("--strict", is_flag=True, help="Exit with 1 when a figure misses its bound.")
def main(*, quick: bool, as_json: bool, only: tuple[str, ...], strict: bool) -> None:
    """Measure Marsad beside bare clients, stock Faust, Quix Streams and Bytewax, on a Kafka and a Redis of its own.

    Everything runs on this machine, in rounds that take turns; medians are shown with their range. The results are
    left in bench.json. A figure that misses its bound is marked; a measurement that fails ends with 1.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended from outside, it cleans up as well
    size = QUICK if quick else FULL
    try:
        results = run(size, [name for name in PARTS if not only or name in only])
    except (BenchError, MarsadError) as error:
        raise click.ClickException(str(error)) from error
    encoded = msgspec.json.format(msgspec.json.encode(results), indent=1)
    RESULTS.write_bytes(encoded + b"\n")
    if as_json:
        click.echo(encoded)
    else:
        show(results)
    sys.exit(1 if strict and missed(results.figures) else 0)


def run(size: Size, names: Sequence[str]) -> Results:
    """Measure the parts that are named."""
    begun, load = time.time(), os.getloadavg()[0]
    say("reading articles")
    material = prepare(load_corpus(max(size.job, size.scale, size.steps, size.memory), begun))
    say("starting Kafka and Redis")
    with open_arena() as arena:
        parts = [PARTS[name](arena, material, size) for name in names]
        described = about(arena, material.corpus.origin, size.name)
    took = {"took": f"{time.time() - begun:.0f} s", "load before": f"{load:.1f}"}
    return Results.of(described | took, parts)


if __name__ == "__main__":
    main()
