"""Batches and their effects, on a real Redis."""

import asyncio
import time
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from processors.article import Article
from processors.compiled import CompiledCatalogue
from processors.keys import COUNT_SHARDS, RULE_SLOTS
from processors.tagging import Tagger
from processors.tags import TaggedArticle
from streams.agents.monitor import handle
from streams.local.services import Addresses
from streams.records import OutRecord
from streams.servers import Servers
from streams.settings import Settings
from streams.wiring import Services, build
from tests.makers import ABOUT_BOTH, wire


class HeldPublisher:
    """A publisher whose first call waits until it is let go, as when Kafka is slow."""

    def __init__(self) -> None:
        self.published: list[bytes] = []
        self.asked = asyncio.Event()
        self.let_go = asyncio.Event()

    async def publish(self, records: Sequence[OutRecord]) -> None:
        self.asked.set()
        await self.let_go.wait()
        self.published += [record.key for record in records]


class NotingTagger(Tagger):
    """A tagger that tells when it has tagged a certain article."""

    def __init__(self, compiled: CompiledCatalogue, awaited: str) -> None:
        super().__init__(compiled)
        self.awaited = awaited
        self.tagged = asyncio.Event()

    def tag(self, article: Article) -> TaggedArticle:
        if article.id == self.awaited:
            self.tagged.set()
        return super().tag(article)


@pytest.fixture
def publisher() -> HeldPublisher:
    return HeldPublisher()


@pytest.fixture
def services(settings: Settings, addresses: Addresses, publisher: HeldPublisher) -> Services:
    built = build(settings, Servers(addresses.kafka, addresses.redis), lambda: pytest.fail("no producer is used"))
    return msgspec.structs.replace(built, publisher=publisher)


def batch(*ids: str) -> list[Any]:
    now = int(time.time() * 1000)
    return [
        SimpleNamespace(topic="articles", partition=0, offset=0, timestamp=now, value=wire(id=name, body=ABOUT_BOTH))
        for name in ids
    ]


@pytest.mark.anyio
async def test_a_batch_is_read_while_the_one_before_waits_but_has_its_effects_after_it(
    services: Services, publisher: HeldPublisher
) -> None:
    tagger = NotingTagger(services.tagger.compiled, "a3")
    services.in_force.tagger = tagger
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(handle(batch("a1", "a2"), services))
        await publisher.asked.wait()
        tasks.create_task(handle(batch("a3"), services))
        await tagger.tagged.wait()
        assert await services.redis.exists(services.stories._keys.story_of("a3")) == 0
        publisher.let_go.set()
    assert [key for key in publisher.published if key.startswith(b"a")] == [b"a1", b"a2", b"a3"]
    await services.redis.aclose()


@pytest.mark.anyio
async def test_a_batch_asks_redis_a_few_times_however_many_articles_it_holds(
    services: Services, publisher: HeldPublisher
) -> None:
    publisher.let_go.set()
    await handle(batch("before"), services)
    before = await commands(services)
    await handle(batch(*(f"a{n}" for n in range(200))), services)
    shards_and_slots = 3 * COUNT_SHARDS + RULE_SLOTS
    assert await commands(services) - before <= 1 + shards_and_slots
    await services.redis.aclose()


async def commands(services: Services) -> int:
    """Return how many scripts were run."""
    stats = await services.redis.info("commandstats")
    return int(stats.get("cmdstat_evalsha", {"calls": 0})["calls"])
