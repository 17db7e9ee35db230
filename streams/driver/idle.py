"""Which partitions hold nothing that is not processed yet, and up to when that is sure."""

from typing import Final, Protocol

from faust.types import TP

MARGIN: Final = 10.0
"""How long a record may be on its way to the broker after its time was taken, in seconds."""


class Reader(Protocol):
    """What is known of the partitions that a consumer reads."""

    def assignment(self) -> set[TP]:
        """Return the partitions that are this worker's."""

    def highwater(self, tp: TP) -> int:
        """Return the offset that follows the last record, as it was last told."""

    def done(self, tp: TP) -> int | None:
        """Return the offset that follows what is committed; None when nothing is."""

    def polled(self, tp: TP) -> float | None:
        """Return when the broker last told of a partition, UTC seconds."""

    async def earliest_offsets(self, *tps: TP) -> dict[TP, int]:
        """Return the offset of the first record that is kept."""


class IdleWatch:
    """Looks now and then. What it says is as old as the look before, so that a worker that slept claims nothing new."""

    def __init__(self) -> None:
        self._before: float | None = None

    async def look(self, reader: Reader, topic: str, now: float) -> dict[int, float]:
        """Return, of the idle partitions of a Kafka topic, up to when they are processed."""
        before, self._before = self._before, now
        if before is None:
            return {}
        told = [tp for tp in reader.assignment() if tp.topic == topic and (reader.polled(tp) or 0.0) > before]
        ends = {tp: reader.highwater(tp) or 0 for tp in told}
        behind = [tp for tp, end in ends.items() if (reader.done(tp) or 0) < end]
        first = await reader.earliest_offsets(*behind) if behind else {}
        busy = {tp for tp in behind if first[tp] < ends[tp]}
        return {tp.partition: before - MARGIN for tp in ends if tp not in busy}
