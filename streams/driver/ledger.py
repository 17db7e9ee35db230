"""The ledger: what was handed out of each partition, and how far it is done."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from faust.types import TP


class Handed(Protocol):
    """A batch as Faust carries it: a message that its agent acknowledges."""

    topic: str
    acked: bool


class _Part(NamedTuple):
    """What a batch holds of one partition; it ends before offset `end`."""

    batch: Handed
    end: int


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

    def unfinished(self, topic: str | None = None) -> int:
        """Return how many batches are out and not done, of one Kafka topic or of all."""
        self._out = [batch for batch in self._out if not batch.acked]
        return sum(topic in {None, batch.topic} for batch in self._out)

    def committable(self) -> list[TP]:
        """Return the partitions of which something is done that is not committed."""
        return [tp for tp, parts in self._parts.items() if parts and parts[0].batch.acked]

    def settle(self, tp: TP) -> int | None:
        """Strike out the longest prefix that is done; return the offset that follows it."""
        end, parts = None, self._parts[tp]
        while parts and parts[0].batch.acked:
            end = parts.popleft().end
        return end

    def forget(self, partitions: Iterable[TP]) -> None:
        """Drop what is known of some partitions."""
        for tp in partitions:
            self._parts.pop(tp, None)

    def clear(self) -> None:
        """Drop everything."""
        self._parts.clear()
        self._out.clear()
