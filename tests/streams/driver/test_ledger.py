"""The ledger, for every order in which batches may be done."""

from dataclasses import dataclass
from itertools import accumulate

from faust.types import TP
from hypothesis import given
from hypothesis import strategies as st

from streams.driver.ledger import Ledger

TPS = [TP("t", number) for number in range(3)]


@dataclass
class Handed:
    """A batch as the ledger sees it."""

    topic: str = "t"
    acked: bool = False


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[dict[TP, int]], list[int]]:
    """Return how many offsets of which partitions each batch covers, and the order in which they are done."""
    sizes = draw(st.lists(st.dictionaries(st.sampled_from(TPS), st.integers(1, 50), min_size=1), min_size=1))
    return sizes, draw(st.permutations(range(len(sizes))))


@given(histories())
def test_what_is_settled_never_passes_an_unfinished_batch_and_comes_to_the_end(
    history: tuple[list[dict[TP, int]], list[int]],
) -> None:
    sizes, order = history
    ledger, batches = Ledger(), [Handed() for _ in sizes]
    spans = {tp: list(accumulate((size.get(tp, 0) for size in sizes), initial=0)) for tp in TPS}
    for number, (batch, size) in enumerate(zip(batches, sizes, strict=True)):
        ledger.hand_out(batch, {tp: spans[tp][number + 1] for tp in size})
    settled = dict.fromkeys(TPS, 0)
    for number in order:
        batches[number].acked = True
        for tp in ledger.committable():
            end = ledger.settle(tp)
            assert end is not None
            assert end > settled[tp]
            settled[tp] = end
        for tp in TPS:
            waiting = [spans[tp][n] for n, batch in enumerate(batches) if not batch.acked and tp in sizes[n]]
            assert settled[tp] == min(waiting, default=spans[tp][-1])
    assert ledger.unfinished() == 0
    assert ledger.committable() == []


def test_a_gap_is_settled_after_what_lies_before_it() -> None:
    ledger, batch = Ledger(), Handed()
    ledger.hand_out(batch, {TPS[0]: 10})
    ledger.pass_over(TPS[0], 12)
    ledger.pass_over(TPS[1], 5)
    assert ledger.committable() == [TPS[1]]
    batch.acked = True
    assert ledger.settle(TPS[0]) == 12


def test_after_a_rewind_the_furthest_end_is_settled() -> None:
    ledger = Ledger()
    for end in (100, 20):
        ledger.hand_out(Handed(acked=True), {TPS[0]: end})
    assert ledger.settle(TPS[0]) == 100


def test_unfinished_batches_are_counted_by_kafka_topic() -> None:
    ledger, batches = Ledger(), [Handed("a"), Handed("a"), Handed("b")]
    for batch in batches:
        ledger.hand_out(batch, {TP(batch.topic, 0): 1})
    batches[0].acked = True
    assert (ledger.unfinished("a"), ledger.unfinished("b"), ledger.unfinished()) == (1, 1, 2)


def test_what_is_cleared_is_not_settled_when_it_is_done_later() -> None:
    ledger, batch = Ledger(), Handed()
    ledger.hand_out(batch, {TPS[0]: 10})
    ledger.clear()
    batch.acked = True
    assert ledger.committable() == []
    assert ledger.settle(TPS[0]) is None
