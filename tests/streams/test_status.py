"""What the state of the group says is wrong."""

from collections.abc import Sequence

import pytest

from streams.group import Member, Seen
from streams.status import Status, status_of
from tests.makers import NOON

GOOD = Member(
    id="one", host="here", version="1", started=NOON - 500, lag={"0": 0, "1": 0}, rules=2, revision="r1",
    last_batch=NOON - 200,
)  # fmt: skip


def seen(ago: float = 1.0, **changed: object) -> Seen:
    values = {name: getattr(GOOD, name) for name in Member.__struct_fields__} | changed
    return Seen(Member(**values), ago)


def found(workers: Sequence[Seen], lag: dict[int, int], unreachable: Sequence[str] = ()) -> Status:
    return status_of(workers, lag, None, unreachable, NOON)


def test_all_is_well_when_every_partition_is_read() -> None:
    status = found([seen()], {0: 0, 1: 0})
    assert (status.ok, status.problems) == (True, [])
    assert [(one.partition, one.worker) for one in status.partitions] == [(0, "one"), (1, "one")]


def test_articles_that_came_just_now_are_no_problem() -> None:
    assert found([seen(last_batch=NOON - 2)], {0: 7, 1: 0}).ok


@pytest.mark.parametrize(
    ("workers", "lag", "problem"),
    [
        pytest.param([], {}, "no worker runs; start one with `marsad worker`", id="no worker"),
        pytest.param([seen(), seen(12, id="two")], {0: 0}, "worker two has not been heard of for 12s", id="lost"),
        pytest.param([seen(problems=("redis: no",))], {0: 0}, "worker one is not ready: redis: no", id="unready"),
        pytest.param(
            [seen(refused=("rules.yaml:1:1: a", "rules.yaml:2:1: b"))],
            {0: 0},
            "worker one refuses changed rules for 2 problems; `marsad rules status` lists them",
            id="refused rules",
        ),
        pytest.param([seen()], {2: 4}, "no worker has partition 2, where 4 articles wait", id="a partition of nobody"),
        pytest.param(
            [seen()],
            {0: 9},
            "9 articles wait in partition 0, and worker one has done none for 200s",
            id="articles that nobody works on",
        ),
        pytest.param(
            [seen(), seen(id="two", revision="r2", lag={})],
            {0: 0},
            "the workers judge by different rules: revisions r1, r2",
            id="different rules",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(workers: list[Seen], lag: dict[int, int], problem: str) -> None:
    status = found(workers, lag)
    assert (status.ok, status.problems) == (False, [problem])


def test_without_redis_nothing_is_said_of_workers() -> None:
    assert found([], {0: 3}, ["Redis cannot be reached: gone"]).problems == ["Redis cannot be reached: gone"]
