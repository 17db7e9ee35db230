"""Medians of several rounds, with how far they lie apart."""

from collections.abc import Sequence
from math import ceil
from statistics import median

import msgspec


class BenchError(Exception):
    """A measurement that cannot be trusted or made, and why."""


class Spread(msgspec.Struct, frozen=True):
    """The median of some rounds, their least and their most."""

    median: float
    least: float
    most: float


def spread(values: Sequence[float]) -> Spread:
    """Return the median of `values` with their range; raise BenchError when there are none."""
    if not values:
        message = "nothing was measured"
        raise BenchError(message)
    return Spread(median(values), min(values), max(values))


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest of `values` that at least `share` of them do not exceed."""
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]


def ratio(above: float, below: float) -> float:
    """Return `above` / `below`; raise BenchError when nothing was measured below."""
    if below <= 0:
        message = f"cannot compare {above:g} with {below:g}; measure more articles"
        raise BenchError(message)
    return above / below
