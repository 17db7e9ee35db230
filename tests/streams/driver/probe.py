"""A small app of batches whose agents write down what they are given, in a process of its own or in the test's."""

import asyncio
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import faust
import msgspec
from faust.app.base import BootStrategy

from streams import driver


class Plan(msgspec.Struct, frozen=True):
    """How an app behaves."""

    kafka: str
    group: str
    topics: tuple[str, ...]
    notes: str
    options: dict[str, float] = {}
    concurrency: int = 1
    batch_wait: float = 0.0
    end_within: float = driver.HANDOVER
    pause: float = 0.0
    hold: str | None = None
    fail_on: bytes | None = None
    echo: str | None = None
    brief: bool = False


class Note(msgspec.Struct, frozen=True):
    """What an agent did with a batch, when."""

    done: bool
    pid: int
    at: float
    records: list[tuple[str, int, int, bytes]]


class Notes:
    """The notes of all processes of a test, in the order in which they were made."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, note: Note) -> None:
        """Write a note at the end, in one piece."""
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        try:
            os.write(file, msgspec.json.encode(note) + b"\n")
        finally:
            os.close(file)

    def read(self, *, done: bool) -> list[Note]:
        """Return what was begun, or done."""
        if not self.path.exists():
            return []
        *lines, _ = self.path.read_bytes().split(b"\n")
        return [note for line in lines if (note := msgspec.json.decode(line, type=Note)).done is done]

    def begun(self, partition: int | None = None) -> list[tuple[str, int, int]]:
        """Return every record that was handed out, in order."""
        records = [record for note in self.read(done=False) for record in note.records]
        return [(t, p, o) for t, p, o, _ in records if partition in {None, p}]

    def done(self) -> list[tuple[str, int, int]]:
        """Return every record that was finished, in order."""
        return [(t, p, o) for note in self.read(done=True) for t, p, o, _ in note.records]


class _NoWeb(BootStrategy):
    enable_web = False


class ProbeApp(driver.BatchApp):
    """An app without a web server."""

    BootStrategy = _NoWeb


Act = Callable[[Plan, list[Any]], Any]


def probe(plan: Plan, act: Act) -> ProbeApp:
    """Return an app with an agent for each Kafka topic that does `act` with each batch."""
    settings: dict[str, Any] = {
        "broker_commit_interval": 0.1,
        "broker_heartbeat_interval": 0.5,
        "broker_request_timeout": 30.0,
        "broker_rebalance_timeout": 10.0,
        "broker_session_timeout": 7.0,
        "consumer_auto_offset_reset": "earliest",
        "consumer_max_fetch_size": 4 << 20,
        "topic_allow_declare": False,
        "topic_disable_leader": True,
        "key_serializer": "raw",
        "value_serializer": "raw",
    }
    app = ProbeApp(
        plan.group,
        broker=f"{driver.SCHEME}://{plan.kafka}",
        datadir=Path(plan.notes).parent / "faust",
        batch_wait=plan.batch_wait,
        end_within=plan.end_within,
        **(settings | plan.options),
    )
    for name in plan.topics:
        _subscribe(app, plan, name, act)
    return app


def _subscribe(app: ProbeApp, plan: Plan, name: str, act: Act) -> None:
    @app.agent(app.topic(name, key_type=bytes, value_type=bytes), name=name, concurrency=plan.concurrency)
    async def agent(batches: Any) -> None:  # noqa: ANN401 - Faust's stream
        async for event in batches.noack().events():
            await act(plan, event.value)
            event.ack()


def note(plan: Plan, records: list[Any], *, done: bool) -> None:
    """Write down what became of a batch."""
    listed = [(r.topic, r.partition, r.offset, (r.value or b"")[:20]) for r in records[: 1 if plan.brief else None]]
    Notes(Path(plan.notes)).add(Note(done, os.getpid(), time.time(), listed))


def _held(plan: Plan) -> bool:
    return plan.hold is not None and Path(plan.hold).exists()


def main(plan: Plan) -> None:
    """Run a worker whose agents take their time, wait, send, fail, as planned."""

    async def act(plan: Plan, records: list[Any]) -> None:
        note(plan, records, done=False)
        await asyncio.sleep(plan.pause)
        while _held(plan):  # noqa: ASYNC110 - a file is no event
            await asyncio.sleep(0.02)
        if plan.fail_on is not None and any(plan.fail_on in record.value for record in records):
            message = "the agent was told to fail"
            raise RuntimeError(message)
        if plan.echo is not None:
            sent = [await app.producer.send(plan.echo, r.key, r.value, None, None, None) for r in records]
            await asyncio.gather(*sent)
        note(plan, records, done=True)

    app = probe(plan, act)
    faust.Worker(app, loglevel="INFO", redirect_stdouts=False).execute_from_commandline()


if __name__ == "__main__":
    main(msgspec.json.decode(sys.argv[1], type=Plan))
