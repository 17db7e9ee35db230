"""The Kafka topics of a test, to write to and to read from."""

from typing import Any

import msgspec
from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from alerts.alert import Alert
from streams.records import alert_record
from streams.settings import Settings
from streams.topics import KafkaTopics
from tests.makers import wait_until


class Bus:
    """The Kafka topics of a test, to write to and to read from."""

    def __init__(self, settings: Settings) -> None:
        self.topics = KafkaTopics.of(settings)
        self._servers = {"bootstrap_servers": settings.kafka}
        self._group = settings.group

    def put(self, *messages: bytes, compression: str | None = None) -> None:
        """Put messages among the articles."""
        producer = KafkaProducer(**self._servers, compression_type=compression, max_request_size=20_000_000)
        for message in messages:
            producer.send(self.topics.articles, value=message)
        producer.flush()
        producer.close()

    def alert(self, *alerts: Alert) -> None:
        """Put alerts where the relay puts them."""
        records = [alert_record(self.topics.alerts, "+".join(alert.group).encode(), alert) for alert in alerts]
        producer = KafkaProducer(**self._servers)
        for record in records:
            producer.send(record.topic, key=record.key, value=record.value, headers=record.headers)
        producer.flush()
        producer.close()

    def existing(self) -> set[str]:
        """Return the names of all Kafka topics."""
        consumer = KafkaConsumer(**self._servers)
        try:
            return set(consumer.topics())
        finally:
            consumer.close()

    def records(self, topic: str) -> list[Any]:
        """Return all records of a topic as kafka-python's, each partition's in order."""
        consumer = KafkaConsumer(**self._servers, enable_auto_commit=False)
        partitions = [TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic)]
        consumer.assign(partitions)
        ends = consumer.end_offsets(partitions)
        consumer.seek_to_beginning(*partitions)
        found: list[Any] = []
        while any(consumer.position(partition) < ends[partition] for partition in partitions):
            for records in consumer.poll(timeout_ms=200).values():
                found += records
        consumer.close()
        return found

    def read(self, topic: str) -> list[tuple[str, bytes, dict[str, str]]]:
        """Return all records of a topic as key, value and headers."""
        return [(r.key.decode(), r.value, {k: v.decode() for k, v in r.headers}) for r in self.records(topic)]

    def values(self, topic: str) -> list[dict[str, object]]:
        """Return the JSON objects of a topic."""
        return [msgspec.json.decode(value) for _, value, _ in self.read(topic)]

    def lag(self) -> int:
        """Return how many articles the group has not committed."""
        consumer = KafkaConsumer(**self._servers, group_id=self._group, enable_auto_commit=False)
        topic = self.topics.articles
        partitions = [TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic)]
        ends = consumer.end_offsets(partitions)
        behind = sum(ends[partition] - (consumer.committed(partition) or 0) for partition in partitions)
        consumer.close()
        return int(behind)

    def caught_up(self, within: float = 60) -> None:
        """Wait until every article is committed."""
        wait_until(lambda: self.lag() == 0, within)
