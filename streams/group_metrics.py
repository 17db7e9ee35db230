"""What is true of the whole group, shown once: by the worker that speaks for it, as long as it does."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from time import monotonic
from typing import Final

import msgspec
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from alerts.outbox import Waiting
from processors.counts import Counts, Subject

STALE: Final = 60.0
"""What was found is no longer shown after so long, in seconds, as when the event loop hangs."""


class Memory(msgspec.Struct, frozen=True):
    """How much Redis holds, and how much it may; in bytes, 0 without a limit."""

    used: int
    limit: int


class Snapshot(msgspec.Struct, frozen=True):
    """What was found; counts are by window and subject."""

    counts: Mapping[str, Mapping[str, Counts]]
    outbox: Waiting
    memory: Memory
    workers: Mapping[str, int]


class GroupMetrics(Collector):
    """Shows the last snapshot while it is fresh, else nothing."""

    def __init__(self, registry: CollectorRegistry, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._found: tuple[float, Snapshot | None] = (0.0, None)
        registry.register(self)

    def show(self, snapshot: Snapshot | None) -> None:
        """Show what was found from now on; None: another worker speaks for the group."""
        self._found = (self._clock(), snapshot)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the metrics, without samples when there is nothing to show."""
        at, snapshot = self._found
        fresh = snapshot if self._clock() - at < STALE else None
        yield from _of_counts(fresh.counts if fresh else {})
        yield from _of_servers(fresh)


LABELS: Final = {Subject.ACTOR: ["actor"], Subject.TOPIC: ["topic"], Subject.PAIR: ["actor", "other"]}
MEASURES: Final = ("articles", "stories", "sources")


def _of_counts(counts: Mapping[str, Mapping[str, Counts]]) -> Iterator[GaugeMetricFamily]:
    families = {
        (kind, measure): GaugeMetricFamily(
            f"marsad_{kind}_{measure}",
            f"Distinct {measure} that named a{'n' if kind is Subject.ACTOR else ''} {kind} within a window.",
            labels=[*labels, "window"],
        )
        for kind, labels in LABELS.items()
        for measure in MEASURES
    }
    with_topic = GaugeMetricFamily(
        "marsad_pair_topic_stories",
        "Distinct stories that named a watched pair on a topic of its rule within a window.",
        labels=["actor", "other", "topic", "window"],
    )
    for window, found in counts.items():
        for subject, count in found.items():
            kind, labels = parts(subject)
            if len(labels) > len(LABELS[kind]):
                with_topic.add_metric([*labels, window], count.stories)
                continue
            for measure in MEASURES:
                families[kind, measure].add_metric([*labels, window], getattr(count, measure))
    yield from families.values()
    yield with_topic


def parts(subject: str) -> tuple[Subject, list[str]]:
    """Return the kind of a subject and what it names: an actor, a topic, a pair, or a pair and a topic."""
    kind, _, name = subject.partition(":")
    names, _, topic = name.partition("|")
    return Subject(kind), [*names.split("+"), *([topic] if topic else [])]


def _of_servers(snapshot: Snapshot | None) -> Iterator[GaugeMetricFamily]:
    shown: dict[str, float] = {}
    if snapshot:
        shown |= {"outbox_alerts": snapshot.outbox.alerts, "outbox_oldest_seconds": snapshot.outbox.oldest}
        shown |= {"redis_memory_bytes": snapshot.memory.used, "redis_memory_limit_bytes": snapshot.memory.limit}
    for name, documentation in _FACTS:
        family = GaugeMetricFamily(f"marsad_{name}", documentation)
        if name in shown:
            family.add_metric([], shown[name])
        yield family
    workers = GaugeMetricFamily("marsad_workers", "Workers of the group.", labels=["state"])
    for state, number in (snapshot.workers if snapshot else {}).items():
        workers.add_metric([state], number)
    yield workers


_FACTS: Final[Sequence[tuple[str, str]]] = (
    ("outbox_alerts", "Alerts, let out or held back, that wait in the outbox."),
    ("outbox_oldest_seconds", "For how long the oldest alert has waited in the outbox."),
    ("redis_memory_bytes", "What Redis holds."),
    ("redis_memory_limit_bytes", "What Redis may hold; 0 without a limit."),
)
