"""articles -> tagged, alerts."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import faust

from alerts.decision import Decision
from alerts.making import group_name
from alerts.outcome import HELD_BACK, Outcome
from processors.counts import Counted, ToCount
from processors.keys import slot_of
from processors.tags import TaggedArticle
from streams.agents.intake import read_all
from streams.batch_metrics import Stage
from streams.driver import AHEAD
from streams.driver.thread import Record
from streams.records import Held, OutRecord, audit_record, tagged_record
from streams.retry import REDIS_AWAY, until_back
from streams.wiring import Services

Result = TypeVar("Result")


def register(app: faust.App, services: Services) -> None:
    """Subscribe to the articles."""
    articles = app.topic(services.kafka.articles, value_type=bytes, key_type=bytes)

    @app.agent(articles, name="monitor", concurrency=AHEAD)
    async def monitor(batches: Any) -> None:  # noqa: ANN401 - Faust's stream
        """Tag, count and judge articles, a batch at a time; a batch is committed when all of it is done."""
        async for event in batches.noack().events():
            await handle(event.value, services)
            event.ack()


async def handle(batch: Sequence[Record], services: Services) -> None:
    """Bring one batch all the way; when this returns, every effect of it is durable.

    A batch is read while the one before waits for Redis and Kafka; effects come one batch after the other.
    """
    begun = time.perf_counter()
    measures = services.metrics.batches
    with measures.stage(Stage.READ):
        tagged, dead = await read_all(batch, services)
    with measures.stage(Stage.WAIT):
        await services.turn.acquire()
    try:
        await _apply(tagged, dead, batch, services)
    finally:
        services.turn.release()
    measures.size(len(batch))
    services.metrics.consumed.inc(len(batch))
    services.metrics.batch_done(time.time())
    services.metrics.done_seconds.observe(time.perf_counter() - begun)


async def _apply(
    tagged: Sequence[TaggedArticle], dead: Sequence[OutRecord], batch: Sequence[Record], services: Services
) -> None:
    stories = await _redis(services, Stage.STORIES, lambda: services.stories.assign([t.article for t in tagged]))
    items = [ToCount(t, story) for t, story in zip(tagged, stories, strict=True)]
    now = time.time()
    fresh = [i for i in items if now - i.tagged.article.published_at < services.claims_ttl]
    counted = await _redis(services, Stage.COUNTS, lambda: services.counts.add(fresh))
    decisions = await _redis(services, Stage.JUDGE, lambda: services.judge.run(fresh, now))
    services.relay.nudge(slot_of(d.rule.id) for d in decisions if d.outcome is Outcome.FIRED)
    await _redis(services, Stage.REPLICAS, lambda: _replicated(services))
    records = [*dead, *(tagged_record(services.kafka.tagged, item) for item in items), *_held_back(decisions, services)]
    progress, times = _progress(batch, now)
    await asyncio.gather(
        _publish(records, services),
        _redis(services, Stage.PROGRESS, lambda: services.watermark.report(progress, times)),
    )
    services.metrics.batches.seen(fresh, counted, now)
    _measure(services, len(items) - len(fresh), counted, decisions)


async def _redis(services: Services, stage: Stage, operation: Callable[[], Awaitable[Result]]) -> Result:
    with services.metrics.batches.stage(stage):
        return await until_back(operation, REDIS_AWAY, lambda _: services.metrics.errors.labels("redis").inc())


async def _publish(records: Sequence[OutRecord], services: Services) -> None:
    with services.metrics.batches.stage(Stage.PUBLISH):
        await services.publisher.publish(records)


async def _replicated(services: Services) -> None:
    wanted = services.settings.redis_wait_replicas
    while wanted and await services.redis.wait(wanted, 1000) < wanted:
        services.metrics.errors.labels("redis").inc()
        await asyncio.sleep(0.1)


def _held_back(decisions: Sequence[Decision], services: Services) -> list[OutRecord]:
    return [
        audit_record(
            services.kafka.audit,
            group_name(decision.rule, decision.group).encode(),
            decision.alert,
            Held(decision.outcome, decision.silence, decision.article_id),
        )
        for decision in decisions
        if decision.outcome in HELD_BACK and decision.alert
    ]


def _progress(batch: Sequence[Record], now: float) -> tuple[dict[int, float], list[float]]:
    """Return up to when each partition is processed with a batch, and when its articles came; no later than now."""
    times = [min(record.timestamp / 1000, now) for record in batch]
    progress: dict[int, float] = {}
    for record, time_ in zip(batch, times, strict=True):
        progress[record.partition] = max(time_, progress.get(record.partition, 0.0))
    return progress, times


def _measure(services: Services, too_old: int, counted: Sequence[Counted], decisions: Sequence[Decision]) -> None:
    metrics = services.metrics
    metrics.tagged.inc(len(counted) + too_old)
    metrics.too_old.inc(too_old)
    metrics.duplicates.inc(counted.count(Counted.DUPLICATE))
    metrics.revised.inc(counted.count(Counted.REVISED))
    for decision in decisions:
        metrics.decisions.labels(decision.outcome).inc()
