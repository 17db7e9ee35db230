"""Reading alerts, and the audit of them, back from Kafka."""

import logging
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TypeVar

import msgspec
from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

from alerts.alert import Alert, RuleRef
from alerts.severity import Severity
from processors.errors import ServiceError
from streams.records import AuditEntry
from streams.servers import kafka_config, locate_kafka
from streams.settings import Settings
from streams.topics import KafkaTopics

LOG = logging.getLogger(__name__)
Read = TypeVar("Read")


class AlertFilter(msgspec.Struct, frozen=True):
    """Which alerts are wanted; what is left out filters nothing."""

    rules: frozenset[str] = frozenset()
    actor: str | None = None
    topic: str | None = None
    severity: Severity | None = None

    def lets_through(self, alert: Alert) -> bool:
        """Tell whether an alert is wanted."""
        named = (*alert.actors, *alert.group)
        return (self.topic is None or self.topic in alert.topics) and self._is_of(alert.rule, named)

    def lets_entry_through(self, entry: AuditEntry) -> bool:
        """Tell whether an entry of the audit is wanted; it tells of no topics."""
        return self._is_of(entry.rule, entry.group)

    def _is_of(self, rule: RuleRef, named: Collection[str]) -> bool:
        return (
            (not self.rules or rule.id in self.rules)
            and (self.actor is None or self.actor in named)
            and (self.severity is None or rule.severity.at_least(self.severity))
        )


def read_alerts(settings: Settings, start: float | None, idle: float | None) -> Iterator[Alert]:
    """Yield alerts from a time on (UTC seconds; None: from now), each id once; end after `idle` seconds without one.

    Raises ServiceError when Kafka cannot be reached or has no alerts' topic.
    """
    seen: set[str] = set()
    for alert in _read(settings, KafkaTopics.of(settings).alerts, msgspec.json.Decoder(Alert), start, idle):
        if alert.id not in seen:
            seen.add(alert.id)
            yield alert


def read_audit(settings: Settings, start: float | None, idle: float | None) -> Iterator[AuditEntry]:
    """Yield what was held back and what was delivered, in the same way; an entry may come twice after a crash."""
    yield from _read(settings, KafkaTopics.of(settings).audit, msgspec.json.Decoder(AuditEntry), start, idle)


def _read(
    settings: Settings, topic: str, decoder: msgspec.json.Decoder[Read], start: float | None, idle: float | None
) -> Iterator[Read]:
    with reading(settings, topic, start) as consumer:
        yield from _decoded(consumer, decoder, idle)


@contextmanager
def reading(settings: Settings, topic: str, start: float | None) -> Iterator[KafkaConsumer]:
    """Give a consumer that reads all of a Kafka topic from a time on, from now when there is none; commit nothing.

    Raises ServiceError when Kafka cannot be reached or has no such topic.
    """
    try:
        consumer = KafkaConsumer(**kafka_config(settings, locate_kafka(settings)), enable_auto_commit=False)
        try:
            _position(consumer, topic, start)
            yield consumer
        finally:
            consumer.close()
    except KafkaError as error:
        message = f"{topic} cannot be read from Kafka: {error!r}; is it up (`marsad local status`)?"
        raise ServiceError(message) from error


def _position(consumer: KafkaConsumer, topic: str, start: float | None) -> None:
    numbers = consumer.partitions_for_topic(topic)
    if not numbers:
        message = f"Kafka has no topic {topic}; create it with `marsad topics`"
        raise ServiceError(message)
    partitions = [TopicPartition(topic, number) for number in numbers]
    consumer.assign(partitions)
    consumer.seek_to_end(*partitions)
    for partition in partitions:
        consumer.position(partition)
    if start is not None:
        found = consumer.offsets_for_times(dict.fromkeys(partitions, int(start * 1000)))
        for partition, at in found.items():
            if at is not None:
                consumer.seek(partition, at.offset)


def _decoded(consumer: KafkaConsumer, decoder: msgspec.json.Decoder[Read], idle: float | None) -> Iterator[Read]:
    last = time.monotonic()
    while idle is None or time.monotonic() - last < idle:
        for records in consumer.poll(timeout_ms=200).values():
            for record in records:
                last = time.monotonic()
                try:
                    yield decoder.decode(record.value or b"")
                except msgspec.MsgspecError as error:
                    LOG.warning("%s/%s@%s cannot be read: %s", record.topic, record.partition, record.offset, error)
