"""What the parts of the benchmark hand back: tables whose cells are numbers, and figures."""

import sys
import time
from collections.abc import Mapping

import msgspec

from tests.bench.figures import BOUNDS, Bound, Figures
from tests.bench.stats import Spread

Cell = str | float | Spread
Row = dict[str, Cell]


class Table(msgspec.Struct, frozen=True):
    """A table, with what a reader must know of it."""

    title: str
    rows: list[Row]
    notes: list[str] = []


class Part(msgspec.Struct, frozen=True):
    """What one part has found."""

    name: str
    tables: list[Table]
    figures: Figures = {}


class Results(msgspec.Struct, frozen=True):
    """What `bench.json` holds; a figure that was not measured is null."""

    figures: dict[str, float | None]
    bounds: Mapping[str, Bound]
    about: dict[str, str]
    parts: list[Part]

    @classmethod
    def of(cls, about: dict[str, str], parts: list[Part]) -> "Results":
        """Return the results of these parts."""
        found = {name: value for part in parts for name, value in part.figures.items()}
        return cls({name: found.get(name) for name in BOUNDS}, BOUNDS, about, parts)


class Size(msgspec.Struct, frozen=True):
    """How much is measured."""

    name: str
    rounds: int
    noop: int
    job: int
    scale: int
    scale_rounds: int
    rules: tuple[int, ...]
    aliases: tuple[int, ...]
    latency_seconds: float
    latency_rounds: int
    steps: int
    memory: int


FULL = Size(
    name="full",
    rounds=5,
    noop=100_000,
    job=8_000,
    scale=8_000,
    scale_rounds=3,
    rules=(10, 1_000, 10_000),
    aliases=(1_000, 10_000, 100_000),
    latency_seconds=15.0,
    latency_rounds=3,
    steps=5_500,
    memory=20_000,
)
QUICK = Size(
    name="quick",
    rounds=1,
    noop=50_000,
    job=2_500,
    scale=2_500,
    scale_rounds=1,
    rules=(10, 10_000),
    aliases=(1_000, 100_000),
    latency_seconds=4.0,
    latency_rounds=1,
    steps=2_000,
    memory=1_500,
)


_BEGUN = time.monotonic()


def say(what: str) -> None:
    """Show on standard error how far the benchmark is, and after how many seconds."""
    sys.stderr.write(f"{time.monotonic() - _BEGUN:5.0f} s  {what}\n")
    sys.stderr.flush()
