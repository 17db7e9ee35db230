"""The backlog, for whatever is fetched."""

from dataclasses import dataclass

from faust.types import TP
from hypothesis import given
from hypothesis import strategies as st

from streams.driver.backlog import Backlog, Batch
from streams.driver.thread import Fetched

TPS = [TP("a", 0), TP("a", 1), TP("b", 0)]


@dataclass
class Record:
    """A record as it was fetched."""

    topic: str
    partition: int
    offset: int
    value: bytes | None
    timestamp: int = 0
    timestamp_type: int = 0


def fetched(tp: TP, offsets: range, after: int | None = None, size: int = 1, turn: int = 0) -> Fetched:
    """Return what a fetch read of a partition."""
    records = [Record(*tp, offset, bytes(size)) for offset in offsets]
    return Fetched(records, offsets.stop if after is None else after, turn)


def offsets(batch: Batch, tp: TP) -> list[int]:
    """Return the offsets that a batch holds of a partition."""
    return [r.offset for r in batch.records if (r.topic, r.partition) == tp]


@given(
    st.lists(st.tuples(st.sampled_from(TPS), st.integers(0, 12), st.integers(0, 3), st.integers(0, 9)), max_size=20),
    st.integers(1, 10),
    st.integers(1, 40),
)
def test_batches_keep_the_order_and_the_limits_and_leave_nothing(
    fetches: list[tuple[TP, int, int, int]], most: int, most_bytes: int
) -> None:
    backlog, position, added = Backlog(), dict.fromkeys(TPS, 0), dict.fromkeys(TPS, 0)
    read: dict[TP, list[int]] = {tp: [] for tp in TPS}
    for tp, count, gap, size in fetches:
        end = position[tp] + count
        if backlog.add(tp, fetched(tp, range(position[tp], end), end + gap, size), 0.0) and count:
            added[tp] += count
        position[tp] = end + gap
    ends = dict.fromkeys(TPS, 0)
    while topics := backlog.topics(TPS):
        batch = backlog.cut(topics.pop(), TPS, most, most_bytes)
        *others, _ = sizes = [len(r.value or b"") for r in batch.records]
        assert 1 <= len(sizes) <= most
        assert sum(others) < most_bytes
        assert len({r.topic for r in batch.records}) == 1
        for tp, end in batch.ends.items():
            assert offsets(batch, tp)[-1] < end
            read[tp] += offsets(batch, tp)
            ends[tp] = end
    for tp in TPS:
        assert read[tp] == sorted(set(read[tp]))
        assert len(read[tp]) == added[tp]
        assert ends[tp] in {0, position[tp]} or not added[tp]


def test_what_was_read_before_a_move_is_dropped_whenever_it_comes() -> None:
    backlog = Backlog()
    backlog.add(TPS[0], fetched(TPS[0], range(5)), 0.0)
    backlog.add(TPS[1], fetched(TPS[1], range(5)), 0.0)
    backlog.begin({TPS[0]: 1})
    backlog.add(TPS[0], fetched(TPS[0], range(5, 9)), 0.0)
    backlog.add(TPS[0], fetched(TPS[0], range(70, 72), turn=1), 0.0)
    batch = backlog.cut("a", TPS, 100, 100)
    assert offsets(batch, TPS[0]) == [70, 71]
    assert offsets(batch, TPS[1]) == list(range(5))


def test_a_gap_belongs_to_what_waits_before_it_and_else_to_nobody() -> None:
    backlog = Backlog()
    assert not backlog.add(TPS[0], fetched(TPS[0], range(0), after=3), 0.0)
    assert backlog.add(TPS[0], fetched(TPS[0], range(3, 5)), 0.0)
    assert backlog.add(TPS[0], fetched(TPS[0], range(0), after=9), 0.0)
    assert backlog.cut("a", TPS, 100, 100).ends == {TPS[0]: 9}
    assert backlog.add(TPS[0], fetched(TPS[0], range(0), after=11, turn=7), 0.0), "it is nobody's any more"


def test_nothing_of_an_inactive_partition_is_taken_or_counted() -> None:
    backlog = Backlog()
    for tp in TPS:
        backlog.add(tp, fetched(tp, range(5), size=10), 0.0)
    active = {TPS[1]}
    assert backlog.topics(active) == {"a"}
    assert backlog.waiting("a", active)[:2] == (5, 50)
    assert backlog.cut("a", active, 100, 1000).ends == {TPS[1]: 5}
    assert backlog.topics(active) == set()
    assert backlog.topics(TPS) == {"a", "b"}


def test_a_busy_partition_holds_up_no_other() -> None:
    backlog = Backlog()
    backlog.add(TPS[0], fetched(TPS[0], range(100)), 1.0)
    backlog.add(TPS[1], fetched(TPS[1], range(1)), 2.0)
    assert backlog.waiting("a", TPS).since == 1.0
    assert backlog.cut("a", TPS, 10, 1000).ends == {TPS[0]: 10}
    assert backlog.cut("a", TPS, 10, 1000).ends == {TPS[1]: 1, TPS[0]: 19}
