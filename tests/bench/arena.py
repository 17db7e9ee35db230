"""Where the contestants run: a Kafka and a Redis of the benchmark's own, emptied after every run."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import msgspec
from confluent_kafka import Consumer, KafkaException, Message, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, OffsetSpec
from pydantic import SecretStr
from redis import Redis

from streams.local.services import LocalServices
from streams.settings import Settings, variable
from streams.topics import KafkaTopics, create_topics
from tests.bench.stats import BenchError

PARTITIONS = 4
CODEC = "zstd"
"""As Marsad's worker publishes; librdkafka unpacks gzip twice, which would make it no limit."""
WITHIN = 30.0
POLL = 0.05
IN_FLIGHT = 50_000


class Arena:
    """The servers, and what a run needs on them."""

    def __init__(self, folder: Path, kafka: str, redis: str) -> None:
        self.folder = folder
        self.kafka = kafka
        self.redis = Redis.from_url(redis)
        self.admin = AdminClient({"bootstrap.servers": kafka, "log_level": 0})  # it says that servers have ended
        self.redis_url = redis

    @contextmanager
    def run(self, **changes: object) -> Iterator[Settings]:
        """Give one run its own settings, Kafka topics and an empty Redis; remove what it leaves."""
        name = f"b{uuid4().hex[:8]}"
        settings = Settings(
            kafka=self.kafka,
            redis=SecretStr(self.redis_url),
            kafka_prefix=f"{name}.",
            redis_prefix=f"{name}:",
            group=name,
            home=self.folder,
            metrics_port=0,
            kafka_partitions=PARTITIONS,
            log_level="WARNING",
        ).model_copy(update=changes)
        self.redis.flushall()
        create_topics(settings, self.kafka)
        try:
            self._await_leaders(settings)
            yield settings
        finally:
            self._remove(settings)

    def fill(self, topic: str, messages: Sequence[bytes], codec: str = CODEC) -> None:
        """Put messages into a Kafka topic, evenly over its partitions; return when the broker has them."""
        producer = Producer(
            {"bootstrap.servers": self.kafka, "compression.type": codec, "linger.ms": 20, "log_level": 0}
        )
        for number, message in enumerate(messages):
            while len(producer) >= IN_FLIGHT:
                producer.poll(POLL)
            producer.produce(topic, message, partition=number % PARTITIONS)
        if producer.flush(WITHIN):
            problem = "Kafka did not take the articles"
            raise BenchError(problem)

    def ends(self, *topics: str) -> list[int]:
        """Return how many records each Kafka topic holds."""
        wanted = {TopicPartition(topic, n): OffsetSpec.latest() for topic in topics for n in range(PARTITIONS)}
        found = {tp.topic: 0 for tp in wanted}
        for tp, future in self.admin.list_offsets(wanted).items():
            found[tp.topic] += future.result(WITHIN).offset
        return [found[topic] for topic in topics]

    def committed(self, group: str, topic: str) -> int:
        """Return how many records of a Kafka topic a group has committed."""
        consumer = Consumer({"bootstrap.servers": self.kafka, "group.id": group})
        try:
            found = consumer.committed([TopicPartition(topic, n) for n in range(PARTITIONS)], WITHIN)
            return sum(max(0, tp.offset) for tp in found)
        finally:
            consumer.close()

    def read(self, topic: str) -> Iterator[Message]:
        """Yield every record that a Kafka topic holds."""
        (left,) = self.ends(topic)
        with reading(self.kafka, topic) as consumer:
            while left:
                found = consumer.consume(min(left, 1000), WITHIN)
                if not found:
                    message = f"Kafka did not give the last {left} records of {topic}"
                    raise BenchError(message)
                left -= len(found)
                yield from found

    def _await_leaders(self, settings: Settings) -> None:
        deadline = time.monotonic() + WITHIN
        while True:
            try:
                self.ends(*msgspec.structs.astuple(KafkaTopics.of(settings)))
            except KafkaException as error:
                if time.monotonic() > deadline:
                    message = f"the Kafka topics are not ready: {error}"
                    raise BenchError(message) from error
                time.sleep(POLL)
            else:
                return

    def _remove(self, settings: Settings) -> None:
        names = list(msgspec.structs.astuple(KafkaTopics.of(settings)))
        for future in self.admin.delete_topics(names).values():
            future.result(WITHIN)
        self.redis.flushall()


@contextmanager
def reading(brokers: str, topic: str) -> Iterator[Consumer]:
    """Give a consumer of a whole Kafka topic, from its beginning, without a group."""
    consumer = Consumer({"bootstrap.servers": brokers, "group.id": "reader", "enable.auto.commit": False})
    try:
        consumer.assign([TopicPartition(topic, n, 0) for n in range(PARTITIONS)])
        yield consumer
    finally:
        consumer.close()


def environment(settings: Settings, **extra: object) -> dict[str, str]:
    """Return an environment in which a process finds these settings and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MARSAD_")}
    chosen = {name: getattr(settings, name) for name in settings.model_fields_set}
    shown = {name: value.get_secret_value() if name == "redis" else str(value) for name, value in chosen.items()}
    return kept | {variable(name): value for name, value in shown.items()} | {k: str(v) for k, v in extra.items()}


@contextmanager
def open_arena() -> Iterator[Arena]:
    """Start the servers; end them and remove their data whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="marsad-bench-"))
    (folder / "compiled").symlink_to(Settings().home / "compiled")  # no contestant compiles the catalogue anew
    services = LocalServices(Settings(), folder)
    try:
        found = services.up(lambda _: None)
        yield Arena(folder, found.kafka, found.redis)
    finally:
        services.down(lambda _: None)
        shutil.rmtree(folder, ignore_errors=True)
