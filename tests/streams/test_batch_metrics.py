"""What is shown of batches."""

import pytest
from prometheus_client import CollectorRegistry

from processors.counts import Counted, ToCount
from processors.tags import ActorTag, TaggedArticle, TopicTag
from streams import batch_metrics
from streams.batch_metrics import BatchMetrics
from tests.makers import NOON, make_article


def item(*actors: str, score: float = 1.0, topics: tuple[str, ...] = (), age: float = 0.0) -> ToCount:
    tagged = TaggedArticle(
        article=make_article(published_at=NOON - age),
        actors=tuple(ActorTag(actor, score) for actor in actors),
        topics=tuple(TopicTag(topic, 1.0) for topic in topics),
        mentions=(),
    )
    return ToCount(tagged, "story")


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
def metrics(registry: CollectorRegistry) -> BatchMetrics:
    return BatchMetrics(registry)


def tags(registry: CollectorRegistry, actor: str) -> float | None:
    return registry.get_sample_value("marsad_actor_tags_total", {"actor": actor})


def test_new_articles_count_for_their_tags_and_their_age(metrics: BatchMetrics, registry: CollectorRegistry) -> None:
    items = [item("state/RU", "state/KP", topics=("trade",), age=30), item("state/RU", age=7200), item("state/CN")]
    metrics.seen(items, [Counted.NEW, Counted.NEW, Counted.DUPLICATE], NOON)
    assert [tags(registry, actor) for actor in ("state/RU", "state/KP", "state/CN")] == [2, 1, None]
    assert registry.get_sample_value("marsad_topic_tags_total", {"topic": "trade"}) == 1
    bounds = ("15.0", "60.0", "3600.0", "21600.0")
    ages = [registry.get_sample_value("marsad_article_age_seconds_bucket", {"le": bound}) for bound in bounds]
    assert ages == [0, 1, 1, 2]


def test_topics_begin_at_zero(metrics: BatchMetrics, registry: CollectorRegistry) -> None:
    metrics.expect(["trade"])
    assert registry.get_sample_value("marsad_topic_tags_total", {"topic": "trade"}) == 0


def test_an_actor_that_only_a_dateline_names_does_not_count(metrics: BatchMetrics, registry: CollectorRegistry) -> None:
    metrics.seen([item("state/RU", score=0.0)], [Counted.NEW], NOON)
    assert tags(registry, "state/RU") is None


def test_tags_beyond_the_limit_are_counted_together(
    metrics: BatchMetrics, registry: CollectorRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_metrics, "MOST_TAGS", 2)
    metrics.seen([item("a", "b"), item("c", "d", "a")], [Counted.NEW, Counted.NEW], NOON)
    assert [tags(registry, actor) for actor in ("a", "b", "c", "d", "other")] == [2, 1, None, None, 2]
