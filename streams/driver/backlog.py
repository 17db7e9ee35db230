"""The backlog: records that were fetched and that no agent has been given yet."""

from collections.abc import Container, Mapping
from itertools import accumulate, takewhile
from typing import NamedTuple

from faust.types import TP

from streams.driver.thread import Fetched, Record, size_of


class Batch(NamedTuple):
    """Records of one Kafka topic, in order within each partition, and the offset that follows in each."""

    records: list[Record]
    ends: dict[TP, int]


class Waiting(NamedTuple):
    """How much waits, and since when the oldest of it does."""

    records: int
    size: int
    since: float


class _Line:
    """What waits of one partition."""

    def __init__(self, now: float) -> None:
        self.records: list[Record] = []
        self.size = 0
        self.after = 0
        self.since = now

    def take(self, most: int, most_bytes: int) -> list[Record]:
        """Take the first records: `most`, or fewer that come to `most_bytes`."""
        count = min(most, len(self.records))
        if self.size >= most_bytes:
            sizes = accumulate(len(record.value or b"") for record in self.records)
            count = min(count, 1 + sum(1 for _ in takewhile(lambda size: size < most_bytes, sizes)))
        taken, self.records = self.records[:count], self.records[count:]
        self.size -= size_of(taken)
        return taken


class Backlog:
    """Fetched records by partition; those that waited longest are taken first."""

    def __init__(self) -> None:
        self._lines: dict[TP, _Line] = {}
        self._turns: dict[TP, int] = {}

    def begin(self, turns: Mapping[TP, int]) -> None:
        """Drop what was read before a partition's position was moved."""
        for tp, turn in turns.items():
            if turn != self._turns.get(tp, 0):
                self._turns[tp] = turn
                self._lines.pop(tp, None)

    def add(self, tp: TP, fetched: Fetched, now: float) -> bool:
        """Add what was read of a partition; return False for a gap that nothing waits before."""
        if fetched.turn != self._turns.get(tp, 0):
            return True
        if not fetched.records and tp not in self._lines:
            return False
        line = self._lines.setdefault(tp, _Line(now))
        line.records.extend(fetched.records)
        line.size += size_of(fetched.records)
        line.after = fetched.after
        return True

    def topics(self, active: Container[TP]) -> set[str]:
        """Return the Kafka topics of which something waits."""
        return {tp.topic for tp in self._lines if tp in active}

    def waiting(self, topic: str, active: Container[TP]) -> Waiting:
        """Return what waits of a Kafka topic."""
        lines = [line for tp, line in self._lines.items() if tp.topic == topic and tp in active]
        since = min((line.since for line in lines), default=0.0)
        return Waiting(sum(len(line.records) for line in lines), sum(line.size for line in lines), since)

    def cut(self, topic: str, active: Container[TP], most: int, most_bytes: int) -> Batch:
        """Take a batch of a Kafka topic: `most` records, or fewer that come to `most_bytes`."""
        batch = Batch([], {})
        for tp in [tp for tp in self._lines if tp.topic == topic and tp in active]:
            if len(batch.records) < most and most_bytes > 0:
                most_bytes -= self._take(batch, tp, most, most_bytes)
        return batch

    def _take(self, batch: Batch, tp: TP, most: int, most_bytes: int) -> int:
        line = self._lines.pop(tp)
        before = line.size
        batch.records.extend(line.take(most - len(batch.records), most_bytes))
        batch.ends[tp] = line.records[0].offset if line.records else line.after
        if line.records:
            self._lines[tp] = line  # at the end, so that a busy partition holds up no other
        return before - line.size
