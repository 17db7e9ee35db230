"""How long to wait."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.delivery.pauses import Turns, pause
from alerts.delivery.receivers import Rate, Retries

RETRIES = Retries(attempts=10, first=1.0, longest=60.0)


@pytest.mark.parametrize(
    ("failures", "luck", "asked", "expected"),
    [
        pytest.param(1, 1.0, None, 1.0, id="the first pause"),
        pytest.param(4, 1.0, None, 8.0, id="each twice the one before"),
        pytest.param(4, 0.0, None, 4.0, id="or half of it, by luck"),
        pytest.param(50, 1.0, None, 60.0, id="no longer than the longest"),
        pytest.param(1, 0.5, 30.0, 30.0, id="as long as the receiver asks"),
        pytest.param(4, 1.0, 2.0, 8.0, id="no shorter because it asks"),
        pytest.param(1, 0.5, 86400.0, 60.0, id="nor for ever because it asks"),
    ],
)
def test_pauses_grow(failures: int, luck: float, asked: float | None, expected: float) -> None:
    assert pause(RETRIES, failures, luck, asked) == expected


def test_alerts_wait_when_there_are_more_than_the_rate_allows() -> None:
    #  time      0   0   0   0        15       1000  (three in 30 s: one each 10 s)
    #  turn at   0   0   0   10       20       1000
    turns = Turns(Rate(most=3, per=30.0))
    waits = [turns.take(1_000_000 + time) for time in (0, 0, 0, 0, 15, 1000)]
    assert waits == [0, 0, 0, 10, 5, 0]


def test_without_a_rate_nothing_waits() -> None:
    turns = Turns(None)
    assert [turns.take(5.0) for _ in range(1000)] == [0.0] * 1000


@given(st.lists(st.floats(0, 100), max_size=60), st.integers(1, 5), st.floats(1, 50))
def test_no_more_than_twice_the_rate_leaves_in_any_window(gaps: list[float], most: int, per: float) -> None:
    """A burst of all at once, and what comes due after it: the bound of every token bucket."""
    turns, now, left = Turns(Rate(most=most, per=per)), 0.0, []
    for gap in gaps:
        now += gap
        now += turns.take(now)
        left.append(now)
    for begin in left:
        assert sum(begin <= time < begin + per * 0.999 for time in left) <= 2 * most
