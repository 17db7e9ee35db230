"""Which partitions are idle, for a reader of which everything is known."""

import pytest
from faust.types import TP

from streams.driver.idle import MARGIN, IdleWatch

ARTICLES = "articles"
NOON = 1_700_000_000.0


class Partitions:
    """A reader whose partitions have (first offset, end, committed), told by the broker at `told`."""

    def __init__(self, told: float, *partitions: tuple[int, int, int | None]) -> None:
        self.topic = ARTICLES
        self._told = told
        self._partitions = dict(enumerate(partitions))

    def assignment(self) -> set[TP]:
        return {TP(self.topic, number) for number in self._partitions} | {TP("another", 0)}

    def highwater(self, tp: TP) -> int:
        return self._partitions[tp.partition][1]

    def done(self, tp: TP) -> int | None:
        return self._partitions[tp.partition][2]

    def polled(self, tp: TP) -> float | None:
        return self._told if tp.topic == self.topic else None

    async def earliest_offsets(self, *tps: TP) -> dict[TP, int]:
        return {tp: self._partitions[tp.partition][0] for tp in tps}


@pytest.mark.anyio
async def test_idle_is_what_holds_nothing_that_is_not_done() -> None:
    partitions = [(0, 7, 7), (0, 7, 6), (0, 0, None), (5, 7, None), (7, 7, None), (7, 7, 3)]
    watch = IdleWatch()
    assert await watch.look(Partitions(NOON, *partitions), ARTICLES, NOON) == {}
    idle = await watch.look(Partitions(NOON + 1.9, *partitions), ARTICLES, NOON + 2)
    assert idle == dict.fromkeys([0, 2, 4, 5], NOON - MARGIN)


@pytest.mark.anyio
async def test_what_the_broker_has_not_told_since_the_last_look_is_not_known_to_be_idle() -> None:
    watch = IdleWatch()
    await watch.look(Partitions(NOON, (0, 7, 7)), ARTICLES, NOON)
    assert await watch.look(Partitions(NOON - 0.1, (0, 7, 7)), ARTICLES, NOON + 2) == {}


@pytest.mark.anyio
async def test_a_worker_that_slept_claims_nothing_of_the_time_it_slept() -> None:
    watch = IdleWatch()
    await watch.look(Partitions(NOON, (0, 7, 7)), ARTICLES, NOON)
    assert await watch.look(Partitions(NOON + 600, (0, 7, 7)), ARTICLES, NOON + 600) == {0: NOON - MARGIN}
