"""The figures of a run by the names that `bench.json` has them under, and what each must reach."""

from collections.abc import Mapping
from typing import Final, Literal

import msgspec


class Bound(msgspec.Struct, frozen=True):
    """What a figure must reach."""

    limit: float
    sense: Literal["at least", "below"]
    unit: str
    what: str

    def met(self, value: float) -> bool:
        """Tell whether `value` is good enough."""
        return value >= self.limit if self.sense == "at least" else value < self.limit


BOUNDS: Final[Mapping[str, Bound]] = {
    "noop_vs_aiokafka": Bound(0.8, "at least", "", "doing nothing: batch agent / bare aiokafka loop, articles/s"),
    "noop_vs_faust": Bound(10, "at least", "", "doing nothing: batch agent / stock Faust agent, articles/s"),
    "job_vs_limit": Bound(0.85, "at least", "", "full job: bare librdkafka loop / worker, CPU per article"),
    "job_vs_quix": Bound(0.95, "at least", "", "full job: Quix Streams / worker, CPU per article"),
    "job_vs_bytewax": Bound(0.95, "at least", "", "full job: Bytewax / worker, CPU per article"),
    "rules_10k_vs_10": Bound(0.9, "at least", "", "worker with 10 rules / with 10,000, CPU per article"),
    "aliases_100k_vs_1k": Bound(0.75, "at least", "", "worker with 1,000 aliases / with 100,000, CPU per article"),
    "latency_p99_ms": Bound(100, "below", "ms", "from produce to alert at 200 articles/s, p99"),
    "latency_vs_limit": Bound(3, "below", "", "the same: worker / bare librdkafka loop"),
    "tag_us": Bound(120, "below", "µs", "tagging 1,000 characters, CPU of one core"),
    "worker_mb": Bound(400, "below", "MB", "worker with 10,000 rules and 100,000 aliases, most memory"),
}

Figures = dict[str, float]


def verdict(name: str, value: float | None) -> str:
    """Return how a figure stands to its bound."""
    if value is None:
        return "not measured"
    return "met" if BOUNDS[name].met(value) else "MISSED"


def missed(figures: Mapping[str, float | None]) -> list[str]:
    """Return the names of the figures that were measured and miss their bounds."""
    return [name for name, value in figures.items() if value is not None and not BOUNDS[name].met(value)]
