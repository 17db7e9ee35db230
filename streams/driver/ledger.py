"""The ledger: what was handed out of each partition, and how far it is done."""

from collections import defaultdict, deque
from collections.abc import Mapping
from typing import NamedTuple, Protocol

from faust.types import TP


class Handed(Protocol):
    """A batch as Faust carries it: a message that its agent acknowledges."""

    topic: str
    acked: bool


class _Part(NamedTuple):
    """What a batch holds of one partition, or a gap, which is nobody's work; it ends before offset `end`."""

    batch: Handed | None
    end: int

    @property
    def done(self) -> bool:
        return self.batch is None or self.batch.acked


class Ledger:
    """Batches in the order in which they were handed out."""

    def __init__(self) -> None:
        self._out: list[Handed] = []
        self._parts: defaultdict[TP, deque[_Part]] = defaultdict(deque)

    def hand_out(self, batch: Handed, ends: Mapping[TP, int]) -> None:
        """Note that a batch goes out; `ends` are the offsets that follow it."""
        self._out.append(batch)
        for tp, end in ends.items():
            self._parts[tp].append(_Part(batch, end))

    def pass_over(self, tp: TP, end: int) -> None:
        """Note that only a gap lies before `end`."""
        self._parts[tp].append(_Part(None, end))

    def unfinished(self, topic: str | None = None) -> int:
        """Return how many batches are out and not done, of one Kafka topic or of all."""
        self._out = [batch for batch in self._out if not batch.acked]
        return sum(topic in {None, batch.topic} for batch in self._out)

    def committable(self) -> list[TP]:
        """Return the partitions of which something is done that is not committed."""
        return [tp for tp, parts in self._parts.items() if parts and parts[0].done]

    def settle(self, tp: TP) -> int | None:
        """Strike out the longest prefix that is done; return the offset that follows, after a rewind the furthest."""
        ends, parts = [], self._parts[tp]
        while parts and parts[0].done:
            ends.append(parts.popleft().end)
        return max(ends, default=None)

    def clear(self) -> None:
        """Drop everything."""
        self._parts.clear()
        self._out.clear()
