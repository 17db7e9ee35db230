"""The backlog: records that were fetched and that no agent has been given yet."""

from collections import deque
from collections.abc import Container, Iterable
from typing import NamedTuple

from faust.types import TP

from streams.driver.thread import Fetched, Record


class Batch(NamedTuple):
    """Records of one Kafka topic, in order within each partition, and the offset that follows in each."""

    records: list[Record]
    ends: dict[TP, int]


class Backlog:
    """Fetched records by partition, and since when the oldest of them waits."""

    def __init__(self) -> None:
        self._records: dict[TP, deque[Record]] = {}
        self._after: dict[TP, int] = {}
        self.since = 0.0

    def add(self, tp: TP, fetched: Fetched, now: float) -> None:
        """Add what was fetched of a partition."""
        if not any(self._records.values()):
            self.since = now
        self._records.setdefault(tp, deque()).extend(fetched.records)
        self._after[tp] = fetched.after

    def topics(self, active: Container[TP]) -> set[str]:
        """Return the Kafka topics of which something waits."""
        return {tp.topic for tp, records in self._records.items() if records and tp in active}

    def waiting(self, active: Container[TP]) -> int:
        """Return how many records wait."""
        return sum(len(records) for tp, records in self._records.items() if tp in active)

    def cut(self, topic: str, active: Container[TP], most: int, most_bytes: int) -> Batch:
        """Take a batch of a Kafka topic: `most` records, or fewer that come to `most_bytes`."""
        batch = Batch([], {})
        for tp, records in self._records.items():
            if tp.topic == topic and tp in active:
                most_bytes -= self._take(batch, tp, records, most, most_bytes)
        return batch

    def forget(self, partitions: Iterable[TP]) -> None:
        """Drop what waits of some partitions."""
        for tp in partitions:
            self._records.pop(tp, None)

    def clear(self) -> None:
        """Drop everything."""
        self._records.clear()

    def _take(self, batch: Batch, tp: TP, records: deque[Record], most: int, most_bytes: int) -> int:
        taken = 0
        while records and len(batch.records) < most and taken < most_bytes:
            record = records.popleft()
            taken += len(record.value or b"")
            batch.records.append(record)
            batch.ends[tp] = records[0].offset if records else self._after[tp]
        return taken
