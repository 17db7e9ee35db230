"""How an app ends: told to under load, because an agent raised, and with servers that are away."""

import signal

import pytest

from streams.driver import HANDOVER
from tests.makers import wait_until
from tests.streams.driver.conftest import Kafka, Start
from tests.streams.driver.probe import Notes

TENS = {"broker_max_poll_records": 10}


def test_told_to_end_under_load_it_commits_exactly_what_it_did(kafka: Kafka, start: Start, notes: Notes) -> None:
    topic = kafka.create(3)
    for partition in range(3):
        kafka.put(topic, 1_000, partition)
    app = start(topic, options={**TENS, "broker_commit_interval": 60.0}, pause=0.01)
    wait_until(lambda: len(notes.done()) > 300)
    assert app.end() == 0
    done = notes.done()
    assert notes.begun() == done
    assert len(done) < 3_000, "it was done before it could be told to end"
    counts = [sum(p == partition for _, p, _ in done) for partition in range(3)]
    assert kafka.committed(topic) == {p: count for p, count in enumerate(counts) if count}


@pytest.mark.parametrize("ending", [False, True], ids=["at work", "at its end"])
def test_an_agent_that_raises_ends_the_process_and_its_batch_is_not_committed(
    kafka: Kafka, start: Start, notes: Notes, *, ending: bool
) -> None:
    topic = kafka.create(1)
    kafka.put(topic, 100)
    app = start(topic, options=TENS, fail_on=b"35 ", pause=0.5 if ending else 0.0, ready=False, end_within=60.0)
    if ending:
        wait_until(lambda: (topic, 0, 35) in notes.begun())
        app.process.send_signal(signal.SIGTERM)
    assert app.process.wait(30) != 0
    assert "the agent was told to fail" in app.text()
    assert notes.done() == [(topic, 0, offset) for offset in range(30)]
    assert kafka.committed(topic) == {0: 30}


def test_a_batch_that_is_never_done_holds_up_the_end_for_a_set_time_only(
    kafka: Kafka, start: Start, notes: Notes
) -> None:
    topic = kafka.create(1)
    kafka.put(topic, 1)
    app = start(topic, pause=3600.0)
    wait_until(lambda: bool(notes.begun()))
    assert app.end(within=HANDOVER + 10) == 0
    assert kafka.committed(topic) == {}
