"""Reload: puts changed rule files in force while the worker runs."""

import asyncio
from collections.abc import Callable
from typing import Final

from streams.inforce import Reading
from streams.wiring import Services

EVERY: Final = 0.5
"""How often the files are looked at, in seconds."""


class Reloader:
    """Looks whether the files of rules have changed, or reads them again when it is asked to."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._asked = False

    def ask(self) -> None:
        """Read the rules again at the next look, changed or not."""
        self._asked = True

    async def run(self, ending: Callable[[], bool]) -> None:
        """Look again and again, until the worker ends."""
        while not ending():
            await self.look()
            await asyncio.sleep(EVERY)

    async def look(self) -> Reading | None:
        """Put in force what has changed; batches that were begun are judged by the rules before."""
        in_force, metrics = self._services.in_force, self._services.metrics
        if not (self._asked or await asyncio.to_thread(in_force.changed)):
            return None
        self._asked = False
        reading = await asyncio.to_thread(in_force.read_again)
        metrics.rules.readings.labels(reading).inc()
        metrics.rules.refused.set(len(in_force.refused))
        if reading is Reading.LOADED:
            self._services.judge.rules = in_force.rules
            metrics.show_rules([(rule.id, rule.severity) for rule in in_force.rules.rules])
        return reading
