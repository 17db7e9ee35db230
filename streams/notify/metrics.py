"""What the notifier counts. Receivers are those of the file."""

import sys
from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from alerts.delivery.answer import Result

_ATTEMPT = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_LATENCY = (0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 900, 3600, 6 * 3600, 24 * 3600)


class NotifierMetrics:
    """What one notifier counts."""

    def __init__(self, registry: CollectorRegistry, receivers: Iterable[str]) -> None:
        self.registry = registry
        ProcessCollector(registry=registry)
        self.deliveries = Counter(
            "marsad_deliveries_total",
            "What became of alerts at receivers.",
            ["receiver", "result"],
            registry=registry,
        )
        self.retries = Counter(
            "marsad_delivery_retries_total", "Attempts after the first one.", ["receiver"], registry=registry
        )
        self.attempt_seconds = Histogram(
            "marsad_delivery_attempt_seconds",
            "How long one attempt took.",
            ["receiver"],
            buckets=_ATTEMPT,
            registry=registry,
        )
        self.latency_seconds = Histogram(
            "marsad_delivery_latency_seconds",
            "From when an alert was detected to when a receiver had it.",
            ["receiver"],
            buckets=_LATENCY,
            registry=registry,
        )
        self.lag = Gauge(
            "marsad_delivery_lag", "Alerts that a receiver has not been told of yet.", ["receiver"], registry=registry
        )
        self.errors = Counter(
            "marsad_errors_total", "Failed attempts, which are tried again.", ["service"], registry=registry
        )
        self.errors.labels("kafka")
        for receiver in receivers:
            self._start_at_zero(receiver)

    def _start_at_zero(self, receiver: str) -> None:
        for result in Result:
            self.deliveries.labels(receiver, result)
        for metric in (self.retries, self.attempt_seconds, self.latency_seconds, self.lag):
            metric.labels(receiver)


if __name__ == "__main__":
    _registry = CollectorRegistry()
    NotifierMetrics(_registry, ["a-receiver"])
    sys.stdout.write(generate_latest(_registry).decode())  # for `make check-deploy`
