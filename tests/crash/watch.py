"""How far the workers are, asked again and again while servers come and go."""

import threading
import time
from contextlib import suppress
from typing import Any, Final

import msgspec
from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError
from redis import Redis
from redis.exceptions import RedisError

from processors.keys import RULE_SLOTS, Keys
from streams.local.services import Addresses
from streams.servers import kafka_config
from streams.settings import Settings
from streams.topics import KafkaTopics

_TURN: Final = 0.5


class Standing(msgspec.Struct, frozen=True):
    """Articles not committed and alerts not published; None while the server that knows is away."""

    lag: int | None = None
    waiting: int | None = None
    at: float = 0.0

    @property
    def done(self) -> bool:
        """Tell whether there is nothing left to do."""
        return self.lag == 0 and self.waiting == 0

    def __str__(self) -> str:
        """Return how it is told."""
        lag, waiting = ("?" if value is None else f"{value:,}" for value in (self.lag, self.waiting))
        return f"lag {lag}  outbox {waiting}"


class Watch:
    """Knows how far the workers are, at most some seconds ago."""

    def __init__(self, settings: Settings, addresses: Addresses) -> None:
        self._settings = settings
        self._brokers = addresses.kafka
        self._keys = Keys(settings.redis_prefix)
        self._redis = Redis.from_url(addresses.redis, socket_timeout=2, socket_connect_timeout=2)
        articles = KafkaTopics.of(settings).articles
        self._partitions = [TopicPartition(articles, number) for number in range(settings.kafka_partitions)]
        self._consumer: Any = None
        self._lag = 0
        self.standing = Standing()

    def run(self, ending: threading.Event) -> None:
        """Look until the end."""
        try:
            while not ending.wait(_TURN):
                self.standing = self.look()
        finally:
            self.close()

    def close(self) -> None:
        """Leave both servers."""
        self._drop()
        self._redis.close()

    def done_since(self, moment: float) -> bool:
        """Tell whether it was seen after a moment that nothing is left to do."""
        return self.standing.done and self.standing.at > moment

    def behind(self) -> int:
        """Return the lag when it was last known."""
        return self._lag

    def look(self) -> Standing:
        """Ask both servers, Kafka first: once all is committed, nothing more comes into the outbox."""
        at = time.monotonic()
        lag = self._ask_kafka()
        self._lag = self._lag if lag is None else lag
        return Standing(lag, self._ask_redis(), at)

    def _ask_kafka(self) -> int | None:
        try:
            consumer = self._connected()
            ends = consumer.end_offsets(self._partitions, timeout_ms=5_000)
            done = (consumer.committed(partition, timeout_ms=5_000) or 0 for partition in self._partitions)
            return int(sum(ends.values()) - sum(done))
        except KafkaError:
            self._drop()
            return None

    def _connected(self) -> Any:  # noqa: ANN401 - kafka-python is untyped
        if self._consumer is None:
            self._consumer = KafkaConsumer(
                **kafka_config(self._settings, self._brokers),
                group_id=self._settings.group,
                enable_auto_commit=False,
                bootstrap_timeout_ms=5_000,
                reconnect_backoff_max_ms=1_000,
            )
        return self._consumer

    def _ask_redis(self) -> int | None:
        try:
            return sum(int(self._redis.xlen(self._keys.outbox(slot))) for slot in range(RULE_SLOTS))
        except RedisError:
            return None

    def _drop(self) -> None:
        if self._consumer is not None:
            with suppress(KafkaError):
                self._consumer.close(autocommit=False, timeout_ms=1_000)
            self._consumer = None
