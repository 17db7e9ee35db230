"""Faust's events as metrics; nothing is done for each message."""

from time import monotonic
from typing import Any

import faust
from prometheus_client import CollectorRegistry, Counter, Histogram

from streams.batch_metrics import FAST


class Sensor(faust.Sensor):
    """Listens to commits and rebalances."""

    def __init__(self, registry: CollectorRegistry) -> None:
        super().__init__()
        self._commits = Histogram(
            "marsad_commit_seconds", "How long a commit of offsets took.", buckets=FAST, registry=registry
        )
        self._rebalances = Histogram(
            "marsad_rebalance_seconds",
            "From the loss of the partitions to when new ones are read.",
            buckets=FAST,
            registry=registry,
        )
        self._failed = Counter(
            "marsad_assignment_errors_total", "Assignments of partitions that failed.", registry=registry
        )

    def on_commit_initiated(self, consumer: Any) -> float | None:  # noqa: ANN401 - Faust's signature
        """Note when a commit begins that has something to commit."""
        return monotonic() if consumer.has_something_to_commit() else None

    def on_commit_completed(self, consumer: Any, state: float | None) -> None:  # noqa: ANN401, ARG002 - as above
        """Note how long it took."""
        if state is not None:
            self._commits.observe(monotonic() - state)

    def on_rebalance_start(self, app: Any) -> dict[str, float]:  # noqa: ANN401, ARG002 - as above
        """Note when a rebalance begins."""
        return {"begun": monotonic()}

    def on_rebalance_end(self, app: Any, state: dict[str, float]) -> None:  # noqa: ANN401, ARG002 - as above
        """Note how long it took."""
        self._rebalances.observe(monotonic() - state["begun"])

    def on_assignment_error(self, assignor: Any, state: Any, exc: BaseException) -> None:  # noqa: ANN401, ARG002 - as above
        """Count an assignment that failed."""
        self._failed.inc()
