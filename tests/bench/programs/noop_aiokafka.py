"""Doing nothing: a bare aiokafka loop."""

import asyncio

from aiokafka import AIOKafkaConsumer

from streams.servers import locate
from streams.settings import Settings
from streams.topics import KafkaTopics
from tests.bench.programs.tally import begin

FETCH_BYTES = 4 << 20
"""As Marsad's worker has it."""


async def main() -> None:
    """Read everything, commit, report."""
    settings, tally = Settings.load(), begin()
    consumer = AIOKafkaConsumer(
        KafkaTopics.of(settings).articles,
        bootstrap_servers=locate(settings).kafka,
        group_id=settings.group,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        max_partition_fetch_bytes=FETCH_BYTES,
    )
    await consumer.start()
    done = False
    while not done:
        found = await consumer.getmany(timeout_ms=200, max_records=settings.batch_max)
        done = bool(found) and tally.saw(sum(map(len, found.values())))
    await consumer.commit()
    tally.report()
    await consumer.stop()


if __name__ == "__main__":
    asyncio.run(main())
