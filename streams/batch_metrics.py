"""What a worker shows of its batches: their stages, the age of their articles, what these are about."""

from collections import Counter as Tally
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from enum import StrEnum
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram

from processors.counts import Counted, ToCount
from streams.histograms import BatchHistogram

FAST: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
SLOW: Final = (0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 6 * 3600, 24 * 3600, 48 * 3600)
SIZES: Final = (1, 5, 10, 25, 50, 100, 250, 500, 1000)

MOST_TAGS: Final = 5_000
"""Actors, and topics, that a worker counts apart at the most; a larger catalogue's last ones are counted as `other`."""

OTHER: Final = "other"


class Stage(StrEnum):
    """What a batch goes through."""

    READ = "read"
    WAIT = "wait"
    STORIES = "stories"
    COUNTS = "counts"
    JUDGE = "judge"
    REPLICAS = "replicas"
    PUBLISH = "publish"
    PROGRESS = "progress"


class BatchMetrics:
    """What is noted of each batch, once."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._stages = Histogram(
            "marsad_batch_stage_seconds",
            "How long a batch took in a stage.",
            ["stage"],
            buckets=FAST,
            registry=registry,
        )
        for stage in Stage:
            self._stages.labels(stage)
        self._size = Histogram("marsad_batch_articles", "Messages of a batch.", buckets=SIZES, registry=registry)
        self._age = BatchHistogram(
            "marsad_article_age_seconds", "From an article's time to when it was seen.", SLOW, registry
        )
        self._actors = _Tags("marsad_actor_tags_total", "Articles that name an actor.", "actor", registry)
        self._topics = _Tags("marsad_topic_tags_total", "Articles on a topic.", "topic", registry)

    def expect(self, topics: Iterable[str]) -> None:
        """Begin with topics at 0, so that the first article on one shows; of actors there are too many."""
        self._topics.add(dict.fromkeys(topics, 0))

    def stage(self, stage: Stage) -> AbstractContextManager[object]:
        """Time a stage of a batch."""
        return self._stages.labels(stage).time()

    def size(self, articles: int) -> None:
        """Note how large a batch is."""
        self._size.observe(articles)

    def seen(self, items: Sequence[ToCount], counted: Sequence[Counted], now: float) -> None:
        """Note what is new in a batch; what comes again was noted before."""
        new = [item.tagged for item, how in zip(items, counted, strict=True) if how is Counted.NEW]
        self._age.observe_all(max(0.0, now - tagged.article.published_at) for tagged in new)
        self._actors.add(Tally(actor.id for tagged in new for actor in tagged.actors if actor.score))
        self._topics.add(Tally(topic.id for tagged in new for topic in tagged.topics))


class _Tags:
    """A counter by a tag of the catalogue."""

    def __init__(self, name: str, documentation: str, label: str, registry: CollectorRegistry) -> None:
        self._counter = Counter(name, documentation, [label], registry=registry)
        self._counter.labels(OTHER)
        self._known: set[str] = set()

    def add(self, tags: Mapping[str, int]) -> None:
        for tag, number in tags.items():
            if tag not in self._known and len(self._known) < MOST_TAGS:
                self._known.add(tag)
            self._counter.labels(tag if tag in self._known else OTHER).inc(number)
