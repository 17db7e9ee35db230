"""The worker's metrics, and the small web server that shows them from a thread of its own."""

import json
import sys
import threading
import time
from collections.abc import Callable, Iterable
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
    make_wsgi_app,
)

from alerts.outcome import Outcome
from alerts.severity import Severity
from processors.errors import ServiceError
from streams.codec import Reason
from streams.rule_metrics import RuleMetrics

_FAST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_SLOW = (0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 6 * 3600, 24 * 3600, 48 * 3600)
_NEXT_PORTS = 20


class WorkerMetrics:
    """What one worker counts. Labels come from closed sets: the rules, and the reasons and steps of the code."""

    def __init__(self, registry: CollectorRegistry, rules: Iterable[tuple[str, Severity]]) -> None:
        self.registry = registry
        self.consumed = Counter("marsad_articles_consumed_total", "Messages read from the articles.", registry=registry)
        self.tagged = Counter("marsad_articles_tagged_total", "Articles tagged.", registry=registry)
        self.duplicates = Counter(
            "marsad_articles_duplicate_total", "Articles that had been counted before.", registry=registry
        )
        self.revised = Counter(
            "marsad_articles_revised_total", "Known articles that brought new tags.", registry=registry
        )
        self.too_old = Counter("marsad_articles_too_old_total", "Articles too old to be counted.", registry=registry)
        self.dead_letters = Counter(
            "marsad_dead_letters_total", "Messages that are no articles.", ["reason"], registry=registry
        )
        self.decisions = Counter(
            "marsad_decisions_total",
            "What judging decided of articles that fit a rule, and of silences.",
            ["outcome"],
            registry=registry,
        )
        self.alerts = Counter(
            "marsad_alerts_published_total", "Alerts published.", ["rule", "severity"], registry=registry
        )
        self.errors = Counter(
            "marsad_errors_total", "Failed attempts, which are tried again.", ["service"], registry=registry
        )
        self.watermark = Gauge(
            "marsad_watermark_timestamp_seconds",
            "Up to when all articles are processed, UTC; where absences are judged.",
            registry=registry,
        )
        self.silences = Gauge("marsad_silences", "Silences in force.", registry=registry)
        self.lag = Gauge("marsad_consumer_lag", "Messages not yet processed.", ["partition"], registry=registry)
        self.last_batch = Gauge(
            "marsad_last_batch_timestamp_seconds", "When the last batch was done, UTC.", registry=registry
        )
        self.done_seconds = Histogram(
            "marsad_article_done_seconds",
            "From reading a batch to its last effect.",
            buckets=_FAST,
            registry=registry,
        )
        self.alert_seconds = Histogram(
            "marsad_alert_latency_seconds",
            "From an article's event time to its alert.",
            buckets=_SLOW,
            registry=registry,
        )
        self.rules = RuleMetrics(registry)
        self._start_at_zero()
        self.show_rules(rules)

    def show_rules(self, rules: Iterable[tuple[str, Severity]]) -> None:
        """Begin with the rules in force at 0; those that were in force before stay."""
        known = [self.alerts.labels(*rule) for rule in rules]
        self.rules.in_force.set(len(known))

    def _start_at_zero(self) -> None:
        for reason in Reason:
            self.dead_letters.labels(reason)
        for service in ("kafka", "redis"):
            self.errors.labels(service)
        for outcome in Outcome:
            self.decisions.labels(outcome)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's signature
        """Log nothing: a scrape is no news."""


def serve(registry: CollectorRegistry, host: str, port: int, health: Callable[[], dict[str, object]]) -> str:
    """Serve `/metrics` and `/healthz` on `port` or the next free one, in a thread; return the address."""
    disable_created_metrics()  # type: ignore[no-untyped-call]  # a series more for each counter, which nobody asks for
    metrics = make_wsgi_app(registry)

    def application(environ: dict[str, Any], start_response: Any) -> Any:  # noqa: ANN401 - WSGI
        if environ["PATH_INFO"] == "/healthz":
            state = health()
            start_response("200 OK" if state["healthy"] else "503 Unavailable", [("Content-Type", "application/json")])
            return [json.dumps(state).encode()]
        if environ["PATH_INFO"] == "/metrics":
            return metrics(environ, start_response)
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b"There are /metrics and /healthz.\n"]

    server = _bind(host, port, application)
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    return f"http://{host}:{server.server_port}/metrics"


def _bind(host: str, port: int, application: Any) -> WSGIServer:  # noqa: ANN401 - WSGI
    for candidate in [port] if port == 0 else range(port, port + _NEXT_PORTS):
        try:
            return make_server(host, candidate, application, _Server, _Quiet)
        except OSError:
            continue
    message = f"no free port for metrics from {port} to {port + _NEXT_PORTS - 1} on {host}; set MARSAD_METRICS_PORT"
    raise ServiceError(message)


class LoopHealth:
    """Whether the event loop still turns: it has to say so every few seconds."""

    LIMIT = 30.0

    def __init__(self) -> None:
        self._seen = time.monotonic()

    def beat(self) -> None:
        """Note that the loop turned."""
        self._seen = time.monotonic()

    def state(self) -> dict[str, object]:
        """Return what `/healthz` answers."""
        silent = time.monotonic() - self._seen
        return {"healthy": silent < self.LIMIT, "seconds_since_loop_turned": round(silent, 1)}


if __name__ == "__main__":
    _registry = CollectorRegistry()
    WorkerMetrics(_registry, [("a-rule", Severity.LOW)])
    sys.stdout.write(generate_latest(_registry).decode())  # for `make check-deploy`
