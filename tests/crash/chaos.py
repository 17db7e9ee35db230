"""The chaos: faults of every kind in an order that a seed decides, and how each is done."""

import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from enum import StrEnum
from random import Random
from typing import Final

import msgspec

from processors.errors import ServiceError
from streams.local.services import Addresses, LocalServices, Name
from tests.crash.say import Say
from tests.crash.supervisor import Supervisor


class Kind(StrEnum):
    """What is done to whom."""

    KILL_WORKER = "kill -9 of worker"
    END_WORKER = "SIGTERM of worker"
    PAUSE_WORKER = "SIGSTOP of worker"
    KILL_KAFKA = "kill -9 of the broker"
    KILL_REDIS = "kill -9 of Redis"
    PAUSE_KAFKA = "SIGSTOP of the broker"
    PAUSE_REDIS = "SIGSTOP of Redis"


DECK: Final = (
    *(Kind.KILL_WORKER, Kind.KILL_WORKER, Kind.KILL_WORKER),
    *(Kind.END_WORKER, Kind.END_WORKER),
    *(Kind.PAUSE_WORKER, Kind.PAUSE_WORKER),
    *(Kind.KILL_KAFKA, Kind.KILL_REDIS, Kind.PAUSE_KAFKA, Kind.PAUSE_REDIS),
)
"""Faults come in shuffled decks, so that none is missing for long; workers die more often than servers."""


class Fault(msgspec.Struct, frozen=True):
    """A fault: some seconds after the one before, for so long, to that worker.

    A server that is paused takes a worker with it: all that this one has in hand waits for that server just then.
    """

    kind: Kind
    after: float
    seconds: float
    worker: int

    def __str__(self) -> str:
        """Return how it is told."""
        whom = f" {self.worker}" if self.kind in _OF_WORKERS else ""
        lasting = "" if self.kind in _SUDDEN else f" for {self.seconds:.1f} s"
        meanwhile = f", {Kind.KILL_WORKER} {self.worker} meanwhile" if self.kind in _PAUSES_OF_SERVERS else ""
        return f"{self.kind}{whom}{lasting}{meanwhile}"


_SUDDEN: Final = {Kind.KILL_WORKER, Kind.END_WORKER}
_OF_WORKERS: Final = {*_SUDDEN, Kind.PAUSE_WORKER}
_PAUSES_OF_SERVERS: Final = {Kind.PAUSE_KAFKA, Kind.PAUSE_REDIS}


def schedule(seed: int, workers: int, deck: tuple[Kind, ...] = DECK) -> Iterator[Fault]:
    """Yield faults without end: the same for the same seed, number of workers and deck."""
    random = Random(seed)  # noqa: S311 - repeatable on purpose
    while True:
        for kind in random.sample(deck, len(deck)):
            after = random.uniform(2.0, 6.0)
            yield Fault(kind, after, random.uniform(*_lasts(kind, random)), random.randint(1, workers))


def _lasts(kind: Kind, random: Random) -> tuple[float, float]:
    if kind is Kind.PAUSE_WORKER:
        return random.choice(((1.0, 5.0), (8.0, 12.0)))  # the longer outlast the session of 7 s: a zombie wakes up
    return (0.2, 3.0) if kind in {Kind.KILL_KAFKA, Kind.KILL_REDIS} else (2.0, 8.0)


class Chaos:
    """Does the faults one after the other; only a paused worker is left alone meanwhile."""

    def __init__(self, services: LocalServices, supervisor: Supervisor, say: Say) -> None:
        self._services = services
        self._supervisor = supervisor
        self._addresses = services.up(lambda _: None)
        self._say = say
        self._ending = threading.Event()
        self.done: Counter[Kind] = Counter()

    def run(self, faults: Iterator[Fault], ending: threading.Event) -> None:
        """Do faults until the end; what was stopped or killed is up again when this returns."""
        self._ending = ending
        for fault in faults:
            if ending.wait(fault.after):
                return
            self._say(str(fault))
            self._strike(fault)
            self.done[fault.kind] += 1

    def _strike(self, fault: Fault) -> None:
        strikes: dict[Kind, Callable[[], None]] = {
            Kind.KILL_WORKER: lambda: self._supervisor.kill(fault.worker),
            Kind.END_WORKER: lambda: self._supervisor.terminate(fault.worker),
            Kind.PAUSE_WORKER: lambda: self._supervisor.pause(fault.worker, fault.seconds),
            Kind.KILL_KAFKA: lambda: self._kill("kafka", fault.seconds),
            Kind.KILL_REDIS: lambda: self._kill("redis", fault.seconds),
            Kind.PAUSE_KAFKA: lambda: self._pause("kafka", fault),
            Kind.PAUSE_REDIS: lambda: self._pause("redis", fault),
        }
        strikes[fault.kind]()

    def _kill(self, name: Name, seconds: float) -> None:
        self._services.kill(name)
        self._ending.wait(seconds)
        _same(self._services.up(lambda _: None), self._addresses)

    def _pause(self, name: Name, fault: Fault) -> None:
        status = self._services.status()
        pid = (status.kafka if name == "kafka" else status.redis).pid
        if pid is None:
            message = f"{name} does not run, though nothing ended it; its log is in {status.folder}"
            raise ServiceError(message)
        os.kill(pid, signal.SIGSTOP)
        try:
            self._ending.wait(fault.seconds / 2)
            self._supervisor.kill(fault.worker)
            self._ending.wait(fault.seconds / 2)
        finally:
            os.kill(pid, signal.SIGCONT)


def _same(now: Addresses, before: Addresses) -> None:
    if now != before:
        message = f"a server came back on another port ({now}, was {before}): something took its own; run it again"
        raise ServiceError(message)
