"""What Kafka knows of the group: how many articles of each partition wait, and the newest alert."""

from collections.abc import Iterable
from typing import Any

import msgspec
from kafka import KafkaConsumer, TopicPartition

from alerts.alert import Alert
from streams.servers import kafka_config
from streams.settings import Settings
from streams.status import LastAlert
from streams.topics import KafkaTopics

_WITHIN_MS = 5_000


class GroupLog:
    """A look at Kafka; raises KafkaError when it does not answer."""

    def __init__(self, settings: Settings, brokers: str) -> None:
        config = kafka_config(settings, brokers)
        self._topics = KafkaTopics.of(settings)
        self._consumer = KafkaConsumer(
            **config, group_id=settings.group, enable_auto_commit=False, request_timeout_ms=_WITHIN_MS
        )

    def close(self) -> None:
        """Leave the connections."""
        self._consumer.close()

    def lag(self) -> dict[int, int]:
        """Return how many articles of each partition are not committed yet."""
        places = self._partitions(self._topics.articles)
        ends, first = self._consumer.end_offsets(places), self._consumer.beginning_offsets(places)
        done = {place: self._consumer.committed(place) for place in places}
        return {place.partition: max(0, ends[place] - max(done[place] or 0, first[place])) for place in places}

    def last_alert(self) -> LastAlert | None:
        """Return the newest alert; None when there is none yet."""
        places = self._partitions(self._topics.alerts)
        ends, first = self._consumer.end_offsets(places), self._consumer.beginning_offsets(places)
        wanted = [place for place in places if ends[place] > first[place]]
        self._consumer.assign(wanted)
        for place in wanted:
            self._consumer.seek(place, ends[place] - 1)
        found: dict[Any, list[Any]] = {}
        while wanted and found.keys() != set(wanted):
            more = self._consumer.poll(timeout_ms=_WITHIN_MS)
            if not more:
                break
            found |= more
        return _newest(record.value for records in found.values() for record in records)

    def _partitions(self, topic: str) -> list[TopicPartition]:
        return [TopicPartition(topic, number) for number in sorted(self._consumer.partitions_for_topic(topic) or ())]


def _newest(values: Iterable[bytes]) -> LastAlert | None:
    alerts = [msgspec.json.decode(value, type=Alert) for value in values]
    if not alerts:
        return None
    alert = max(alerts, key=lambda one: one.time.detected)
    summary = alert.summary or alert.title
    return LastAlert(alert.id, alert.rule.id, alert.rule.severity, summary, alert.time.detected)
