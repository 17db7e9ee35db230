"""A worker that has no partitions stays useful."""

import signal
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from alerts.judge import Judge
from alerts.rules import read_rules
from processors.counts import CountStore, ToCount
from processors.keys import Keys
from processors.scripts import RedisClient
from processors.tagging import Tagger
from streams.settings import Settings
from tests.bus import Bus
from tests.makers import ABOUT_BOTH, make_article, wait_until, wire
from tests.streams.driver.conftest import Kafka
from tests.workers import Worker


@pytest.mark.anyio
async def test_an_idle_worker_shows_metrics_relays_alerts_and_takes_over(
    start_worker: Callable[..., Worker],
    bus: Bus,
    rules: Path,
    settings: Settings,
    redis: RedisClient,
    tagger: Tagger,
    kafka: Kafka,
) -> None:
    workers = [start_worker({"rules": rules}) for _ in range(settings.kafka_partitions + 1)]
    wait_until(lambda: kafka.is_settled(len(workers), settings.group))
    bus.put(*(wire(body=f"{ABOUT_BOTH} {n}") for n in range(20)))
    wait_until(lambda: sum(map(has_partitions, workers)) == settings.kafka_partitions)
    bus.caught_up()
    wait_until(lambda: len(bus.read(bus.topics.alerts)) == 20)
    (idle,) = [worker for worker in workers if not has_partitions(worker)]
    assert '"healthy"' in idle.get("/healthz")
    for worker in workers:
        if worker is not idle:
            worker.end(signal.SIGKILL)
    died, spent = time.monotonic(), cpu_seconds(idle)
    await decide(rules, settings, redis, tagger)
    wait_until(lambda: len(bus.read(bus.topics.alerts)) == 21)
    bus.put(wire(body=f"{ABOUT_BOTH} At last."), wire(body=f"{ABOUT_BOTH} And now."))
    bus.caught_up()
    assert time.monotonic() - died < 20
    assert cpu_seconds(idle) - spent < 0.5 * (time.monotonic() - died), "it does not wait, it looks again and again"
    wait_until(lambda: has_partitions(idle))
    assert idle.end() == 0


def cpu_seconds(worker: Worker) -> float:
    times = psutil.Process(worker.process.pid).cpu_times()
    return float(times.user + times.system)


def has_partitions(worker: Worker) -> bool:
    return "marsad_consumer_lag{" in worker.get("/metrics")


async def decide(rules: Path, settings: Settings, redis: RedisClient, tagger: Tagger) -> None:
    """Leave an alert in the outbox, as a worker does that dies between deciding and publishing."""
    keys, now = Keys(settings.redis_prefix), time.time()
    counts = CountStore(redis, keys, 3600, 3600)
    judge = Judge(redis, keys, counts, read_rules([rules], tagger).index, ttl=3600, max_age=3600)
    article = make_article(id="left", body=f"{ABOUT_BOTH} Left behind.", published_at=now)
    (decision,) = await judge.run([ToCount(tagger.tag(article), "left")], now)
    assert decision.outcome == "fired"
