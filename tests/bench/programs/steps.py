"""What each step of the full job costs, with the services of a worker."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from processors.counts import ToCount
from streams.codec import decode
from streams.engine import create_app
from streams.records import tagged_record
from streams.servers import locate
from streams.settings import Settings
from streams.wiring import Services, build
from tests.bench.programs.common import Record, as_record, subscribed
from tests.bench.programs.tally import leave, option


class Clock:
    """Adds up CPU seconds and seconds by step."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        """Add what is spent within to a step."""
        cpu, wall = time.process_time(), time.perf_counter()
        yield
        before = self.spent[step]
        self.spent[step] = (before[0] + time.process_time() - cpu, before[1] + time.perf_counter() - wall)


async def main() -> None:
    """Do batch after batch, the first one to warm up, and report."""
    settings = Settings.load()
    servers = locate(settings)
    app = create_app(settings, servers)
    services = build(settings, servers, lambda: app.producer)  # type: ignore[arg-type,return-value]  # the driver's
    batches = _batches(settings, servers.kafka, services.kafka.articles, int(option("COUNT")))
    await app.producer.start()
    try:
        await _do(batches[0], services, Clock())
        clock = Clock()
        for batch in batches[1:]:
            await _do(batch, services, clock)
    finally:
        await app.producer.stop()
        await services.redis.aclose()
    leave({"articles": sum(map(len, batches[1:])), "spent": clock.spent})


def _batches(settings: Settings, brokers: str, topic: str, wanted: int) -> list[list[Record]]:
    consumer = subscribed(settings, brokers, topic)
    records: list[Record] = []
    while len(records) < wanted:
        records += [as_record(message) for message in consumer.consume(settings.batch_max, 0.5)]
    consumer.close()
    size = settings.batch_max
    return [records[start : start + size] for start in range(0, len(records), size)]


async def _do(batch: Sequence[Record], services: Services, clock: Clock) -> None:
    limit, now = services.settings.article_max_bytes, time.time()
    with clock("decode"):
        articles = [decode(record.value, record.timestamp / 1000, limit) for record in batch]
    with clock("tag"):
        tagged = [services.tagger.tag(article) for article in articles]
    with clock("story"):
        stories = await services.stories.assign(articles)
    items = [ToCount(article, story) for article, story in zip(tagged, stories, strict=True)]
    with clock("count"):
        await services.counts.add(items)
    with clock("judge"):
        await services.judge.run(items, now)
    with clock("publish"):
        await services.publisher.publish([tagged_record(services.kafka.tagged, item) for item in items])
        await services.relay.drain()


if __name__ == "__main__":
    asyncio.run(main())
