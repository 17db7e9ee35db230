"""What is true of the whole group is shown once, on a real Redis."""

from collections.abc import AsyncIterator

import pytest
from prometheus_client import CollectorRegistry

from alerts.outbox import Waiting
from processors.census import Census
from processors.counts import Counts, Subject, ToCount, pair_subject
from processors.tagging import Tagger
from streams.group_metrics import STALE, GroupMetrics, Memory, Snapshot
from streams.local.services import Addresses
from streams.servers import Servers
from streams.settings import Settings
from streams.speaker import MOST, WINDOWS, Speaker
from streams.wiring import Services, build
from tests.makers import ABOUT_BOTH, NOON, make_article

BOTH = {"actor": "state/KP", "other": "state/RU"}


@pytest.fixture
async def services(settings: Settings, addresses: Addresses) -> AsyncIterator[Services]:
    built = build(settings, Servers(addresses.kafka, addresses.redis), lambda: pytest.fail("no producer is used"))
    yield built
    await built.redis.aclose()


def shown(services: Services, name: str, **labels: str) -> float | None:
    return services.metrics.registry.get_sample_value(f"marsad_{name}", labels)


async def count(services: Services, tagger: Tagger, *ages: float) -> None:
    articles = [make_article(id=f"a{age}", body=ABOUT_BOTH, published_at=NOON - age) for age in ages]
    await services.counts.add([ToCount(tagger.tag(article), article.id) for article in articles])


@pytest.mark.anyio
async def test_counts_are_shown_by_window(services: Services, tagger: Tagger) -> None:
    #  7d   |.x......................................................|
    #  24h                                        |......x...........|
    #  1h                                                      |...xx|
    await count(services, tagger, 60, 120, 5 * 3600, 6 * 86400)
    await Speaker(services, "one").turn(NOON)
    assert [shown(services, "pair_stories", **BOTH, window=window) for window in WINDOWS] == [2, 3, 4]
    assert shown(services, "actor_articles", actor="state/RU", window="24h") == 3
    assert shown(services, "topic_stories", topic="military-cooperation", window="7d") == 4
    assert shown(services, "pair_topic_stories", **BOTH, topic="military-cooperation", window="24h") == 3
    assert shown(services, "pair_topic_stories", **BOTH, topic="space-technology", window="24h") == 0


@pytest.mark.anyio
async def test_only_one_worker_shows_them_and_another_takes_over(services: Services, tagger: Tagger) -> None:
    await count(services, tagger, 60)
    first, second = Speaker(services, "one"), Speaker(services, "two")
    await first.turn(NOON)
    assert shown(services, "outbox_alerts") == 0
    await second.turn(NOON)
    assert shown(services, "outbox_alerts") is None
    assert shown(services, "pair_stories", **BOTH, window="24h") is None
    await services.redis.delete(services.keys.speaker())
    await second.turn(NOON)
    assert shown(services, "pair_stories", **BOTH, window="24h") == 1


@pytest.mark.anyio
async def test_long_windows_are_read_less_often(services: Services, tagger: Tagger) -> None:
    speaker = Speaker(services, "one")
    await speaker.turn(NOON)
    await count(services, tagger, 60)
    found = []
    for later in (14, 15, 299, 300):
        await speaker.turn(NOON + later)
        found.append([shown(services, "pair_stories", **BOTH, window=window) for window in ("24h", "7d")])
    assert found == [[0, 0], [1, 0], [1, 0], [1, 1]]


@pytest.mark.anyio
async def test_an_alert_in_the_outbox_is_shown_with_its_age(services: Services) -> None:
    seconds, _ = await services.redis.time()
    await services.redis.xadd(services.keys.outbox(3), {"alert": "a"}, id=f"{(seconds - 40) * 1000}-0")
    await services.redis.xadd(services.keys.outbox(5), {"alert": "b"})
    await Speaker(services, "one").turn(NOON)
    assert shown(services, "outbox_alerts") == 2
    assert 39 <= (shown(services, "outbox_oldest_seconds") or 0.0) <= 50
    assert (shown(services, "redis_memory_bytes") or 0) > 0


@pytest.mark.anyio
async def test_no_more_is_shown_than_the_bound_however_much_is_named(services: Services) -> None:
    bucket = services.keys.bucket(0, int(NOON // 3600))
    await services.redis.hset(bucket, mapping={f"s:actor:state/{n:05}": n + 1 for n in range(3_000)})
    await Speaker(services, "one").turn(NOON)
    actors = {
        sample.labels["actor"]
        for metric in services.metrics.registry.collect()
        if metric.name == "marsad_actor_stories"
        for sample in metric.samples
    }
    assert len(actors) == MOST[Subject.ACTOR]
    assert {"state/RU", "state/KP", "state/02999"} <= actors
    assert "state/00001" not in actors


@pytest.mark.anyio
async def test_the_census_reads_an_hour_that_is_over_once(services: Services, tagger: Tagger) -> None:
    #  hour   -5          0 (now)
    #          x          x          then one more in each
    census = Census(services.redis, services.keys)
    await count(services, tagger, 60, 5 * 3600)
    await census.renew(NOON)
    assert census.top(Subject.PAIR, 1) == [pair_subject("state/KP", "state/RU")]
    await services.redis.delete(*(services.keys.bucket(shard, int(NOON // 3600) - 5) for shard in range(4)))
    await census.renew(NOON)
    assert sum(len(hour) > 0 for hour in census._hours.values()) == 2
    await census.renew(NOON + 24 * 3600)
    assert census.top(Subject.PAIR, 1) == []


def test_what_is_old_is_no_longer_shown_as_when_the_event_loop_hangs() -> None:
    now, registry = [0.0], CollectorRegistry()
    metrics = GroupMetrics(registry, lambda: now[0])
    found = Snapshot({"1h": {"actor:state/RU": Counts(3, 2, 1)}}, Waiting(), Memory(10, 0), {"ready": 1})
    metrics.show(found)
    labels = {"actor": "state/RU", "window": "1h"}
    assert registry.get_sample_value("marsad_actor_sources", labels) == 1
    now[0] = STALE
    assert registry.get_sample_value("marsad_actor_sources", labels) is None
