"""Feeds the articles while the chaos goes on: none lost, each key's in order."""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Final

import stamina
from kafka import KafkaProducer
from kafka.errors import KafkaError

from streams.servers import kafka_config
from streams.settings import Settings
from streams.topics import KafkaTopics
from tests.crash.generator import GAP, Message

CHUNK: Final = GAP // 2
"""Messages sent at once. Less than the gap between an article and its revision: a chunk that fails is sent again,
and what may have arrived of it must not come before its own beginning."""

MOST_AHEAD: Final = 3_000
"""The feeder waits while the workers are known to be further behind than this, so that there are always both new
articles and chaos."""

_ACKNOWLEDGED_WITHIN: Final = 60.0
_TURN: Final = 0.05


class Feeder:
    """Sends messages at an even pace; a chunk is sent again until the broker has all of it."""

    def __init__(self, settings: Settings, brokers: str, behind: Callable[[], int]) -> None:
        self._topic = KafkaTopics.of(settings).articles
        self._config = kafka_config(settings, brokers)
        self._behind = behind
        self._producer: Any = None
        self.fed = 0

    def run(self, messages: Sequence[Message], seconds: float, ending: threading.Event) -> None:
        """Feed all messages over so many seconds, or longer where the workers or the broker need it."""
        begun = time.monotonic()
        try:
            for start in range(0, len(messages), CHUNK):
                due = begun + seconds * start / len(messages)
                while time.monotonic() < due or self._behind() > MOST_AHEAD:
                    if ending.wait(_TURN):
                        return
                self._send(messages[start : start + CHUNK], ending)
        finally:
            self._drop()

    def _send(self, chunk: Sequence[Message], ending: threading.Event) -> None:
        for attempt in stamina.retry_context(on=KafkaError, attempts=None, timeout=None, wait_max=2.0):
            if ending.is_set():
                return
            with attempt:
                self._once(chunk)
        self.fed += len(chunk)

    def _once(self, chunk: Sequence[Message]) -> None:
        try:
            if self._producer is None:
                self._producer = self._connect()
            sent = [self._producer.send(self._topic, key=message.key, value=message.value) for message in chunk]
            for future in sent:
                future.get(_ACKNOWLEDGED_WITHIN)
        except KafkaError:
            self._drop()
            raise

    def _connect(self) -> Any:  # noqa: ANN401 - kafka-python is untyped
        return KafkaProducer(
            **self._config,
            acks="all",
            enable_idempotence=True,
            compression_type="gzip",
            linger_ms=5,
            bootstrap_timeout_ms=5_000,
            reconnect_backoff_max_ms=1_000,
            request_timeout_ms=15_000,
        )

    def _drop(self) -> None:
        if self._producer is not None:
            with suppress(KafkaError):
                self._producer.close(timeout=0)
            self._producer = None
