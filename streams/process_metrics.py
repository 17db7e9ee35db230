"""What a worker shows of itself as a process: its build, its health, its rules' revision, its Kafka client."""

import platform
from collections.abc import Callable
from importlib.metadata import version
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, ProcessCollector

from streams.health import LoopHealth, Readiness

SERVERS: Final = ("kafka", "redis")


class ProcessMetrics:
    """Facts about the process; health is looked up when Prometheus asks, also while the event loop hangs."""

    def __init__(self, registry: CollectorRegistry) -> None:
        ProcessCollector(registry=registry)
        build = Gauge("marsad_build_info", "The versions that run.", ["version", "python", "faust"], registry=registry)
        build.labels(version("marsad"), platform.python_version(), version("faust-streaming")).set(1)
        self._revision = Gauge("marsad_rules_info", "The rules in force.", ["revision"], registry=registry)
        self.kafka_errors = Counter(
            "marsad_kafka_client_errors_total", "Warnings and errors of the Kafka client.", registry=registry
        )
        self._ready = Gauge("marsad_ready", "1 when the worker can do its work, else 0.", registry=registry)
        self._up = Gauge(
            "marsad_server_up", "1 when a server has answered lately, else 0.", ["service"], registry=registry
        )
        self._silent = Gauge(
            "marsad_loop_silent_seconds", "How long ago the event loop last turned.", registry=registry
        )
        for service in SERVERS:
            self._up.labels(service)

    def watch(self, health: LoopHealth, ready: Readiness) -> None:
        """Show the health of the worker."""
        self._silent.set_function(health.silent)
        self._ready.set_function(lambda: not ready.reasons())
        for service in SERVERS:
            self._up.labels(service).set_function(_is_up(ready, service))

    def rules_in_force(self, revision: str) -> None:
        """Show which rules are in force."""
        self._revision.labels(revision).set(1)
        for other in [labels for labels in _labels(self._revision) if labels != revision]:
            self._revision.remove(other)


def _is_up(ready: Readiness, service: str) -> Callable[[], float]:
    return lambda: float(ready.checks()[service].ok)


def _labels(gauge: Gauge) -> list[str]:
    return [sample.labels["revision"] for metric in gauge.collect() for sample in metric.samples]
