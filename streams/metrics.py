"""The worker's metrics."""

import sys
from collections.abc import Iterable, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from alerts.outcome import Outcome
from alerts.severity import Severity
from streams.batch_metrics import FAST, SLOW, BatchMetrics
from streams.codec import Reason
from streams.group_metrics import GroupMetrics
from streams.process_metrics import SERVERS, ProcessMetrics
from streams.rule_metrics import RuleMetrics
from streams.sensor import Sensor


class WorkerMetrics:
    """What one worker counts. Labels come from closed sets: the rules, and the reasons and steps of the code."""

    def __init__(self, registry: CollectorRegistry, rules: Iterable[tuple[str, Severity]]) -> None:
        self.registry = registry
        self._count_articles(registry)
        self._count_alerts(registry)
        self._show_progress(registry)
        self.batches = BatchMetrics(registry)
        self.process = ProcessMetrics(registry)
        self.group = GroupMetrics(registry)
        self.faust = Sensor(registry)
        self.rules = RuleMetrics(registry)
        self._lagging: set[str] = set()
        self._last_batch_at: float | None = None
        self._start_at_zero()
        self.show_rules(rules)

    def _count_articles(self, registry: CollectorRegistry) -> None:
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

    def _count_alerts(self, registry: CollectorRegistry) -> None:
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
        self.alert_seconds = Histogram(
            "marsad_alert_latency_seconds",
            "From an article's event time to its alert.",
            buckets=SLOW,
            registry=registry,
        )

    def _show_progress(self, registry: CollectorRegistry) -> None:
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
            buckets=FAST,
            registry=registry,
        )

    def show_lag(self, lag: Mapping[int, int | None]) -> None:
        """Show how far behind each partition is; those that went are another worker's to show."""
        known = {str(partition): behind for partition, behind in lag.items() if behind is not None}
        for partition in self._lagging - known.keys():
            self.lag.remove(partition)
        for partition, behind in known.items():
            self.lag.labels(partition).set(behind)
        self._lagging = set(known)

    def last_batch_at(self) -> float | None:
        """Return when the last batch was done, UTC seconds."""
        return self._last_batch_at

    def batch_done(self, now: float) -> None:
        """Note that a batch is done."""
        self._last_batch_at = now
        self.last_batch.set(now)

    def show_rules(self, rules: Iterable[tuple[str, Severity]]) -> None:
        """Begin with the rules in force at 0; those that were in force before stay."""
        known = [self.alerts.labels(*rule) for rule in rules]
        self.rules.in_force.set(len(known))

    def _start_at_zero(self) -> None:
        for reason in Reason:
            self.dead_letters.labels(reason)
        for service in SERVERS:
            self.errors.labels(service)
        for outcome in Outcome:
            self.decisions.labels(outcome)


if __name__ == "__main__":
    _registry = CollectorRegistry()
    WorkerMetrics(_registry, [("a-rule", Severity.LOW)])
    sys.stdout.write(generate_latest(_registry).decode())  # for `make check-deploy`
