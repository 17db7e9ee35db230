"""Whether a worker lives and is ready, as its web server tells."""

import json
import urllib.error
import urllib.request
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from streams.health import FRESH, LoopHealth, Readiness
from streams.web import serve


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def health(clock: Clock) -> LoopHealth:
    return LoopHealth(clock)


@pytest.fixture
def ready(health: LoopHealth, clock: Clock) -> Readiness:
    """All that a worker needs."""
    found = Readiness(health, clock)
    found.assigned(frozenset({0, 1}))
    found.answered("kafka", clock.now)
    found.answered("redis", clock.now)
    found.rules_in_force(7, "r1")
    return found


def test_a_worker_that_has_all_it_needs_is_ready(ready: Readiness) -> None:
    assert ready.reasons() == []
    assert ready.state()["ready"] is True


def test_a_worker_that_has_nothing_yet_says_what_is_missing(health: LoopHealth, clock: Clock) -> None:
    assert Readiness(health, clock).reasons() == [
        "partitions: the group has not given this worker its partitions",
        "kafka: it has not answered yet",
        "redis: it has not answered yet",
        "rules: not loaded yet",
    ]


def test_a_worker_without_partitions_stands_by_and_is_ready(ready: Readiness) -> None:
    ready.assigned(frozenset())
    assert ready.reasons() == []
    ready.assigned(None)
    assert ready.reasons() == ["partitions: the group has not given this worker its partitions"]


def test_a_server_that_no_longer_answers_is_a_reason(ready: Readiness, clock: Clock, health: LoopHealth) -> None:
    clock.now += FRESH
    health.beat()
    ready.answered("kafka", clock.now - 1)
    assert ready.reasons() == ["redis: it answered 15.0 s ago"]


def test_both_pages_answer_while_the_event_loop_hangs(ready: Readiness, clock: Clock, health: LoopHealth) -> None:
    address = serve(CollectorRegistry(), "127.0.0.1", 0, health.state, ready.state).removesuffix("/metrics")
    assert get(f"{address}/readyz")[0] == get(f"{address}/healthz")[0] == 200
    clock.now += LoopHealth.LIMIT
    status, told = get(f"{address}/healthz")
    assert (status, told["healthy"], told["reasons"]) == (503, False, ["loop: it has not turned for 30 s"])
    status, told = get(f"{address}/readyz")
    assert (status, told["ready"]) == (503, False)
    assert told["reasons"][0] == "loop: the event loop turned 30.0 s ago"
    assert told["checks"]["rules"] == {"ok": True, "detail": "7 in force, revision r1"}


def get(address: str) -> tuple[int, Any]:
    try:
        with urllib.request.urlopen(address, timeout=5) as response:  # noqa: S310 - our own server
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)
