"""An agent in the test's own process, whose batches lie before the test until it lets them go."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from tests.streams.driver.probe import Plan


class Desk:
    """What an agent was given; while `held`, a batch is done only when it is let go."""

    def __init__(self, *, held: bool = False) -> None:
        self.held = held
        self.batches: list[list[Any]] = []
        self._gates: list[asyncio.Event] = []

    async def __call__(self, _plan: Plan, records: list[Any]) -> None:
        gate = asyncio.Event()
        self.batches.append(records)
        self._gates.append(gate)
        if self.held:
            await gate.wait()

    def let_go(self, *numbers: int) -> None:
        """Let some batches be done."""
        for number in numbers:
            self._gates[number].set()

    def open(self) -> None:
        """Let all batches be done, also those to come."""
        self.held = False
        self.let_go(*range(len(self._gates)))

    def offsets(self, partition: int = 0) -> list[int]:
        """Return the offsets that were handed out of a partition, in order."""
        return [r.offset for batch in self.batches for r in batch if r.partition == partition]

    def sizes(self) -> list[int]:
        """Return how many records each batch held."""
        return [len(batch) for batch in self.batches]


async def until(holds: Callable[[], bool | Awaitable[bool]], within: float = 30.0) -> None:
    """Wait for a condition; fail when it does not come true in time."""
    deadline = time.monotonic() + within
    while True:
        found = holds()
        if found if isinstance(found, bool) else await found:
            return
        assert time.monotonic() < deadline, f"not within {within:g} s: {holds}"
        await asyncio.sleep(0.02)
