"""Reload: puts changed rule files in force while the worker runs."""

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from processors.errors import ServiceError
from streams.inforce import Reading
from streams.topics import create_topics
from streams.wiring import Services

LOG = logging.getLogger(__name__)
EVERY: Final = 0.5
"""How often the files are looked at, in seconds."""


class Reloader:
    """Looks whether the files of rules have changed, or reads them again when it is asked to."""

    def __init__(self, services: Services, brokers: str) -> None:
        self._services = services
        self._brokers = brokers
        self._asked = False
        self._read = True
        """Whether rules were read whose Kafka topics are not seen to be there yet."""

    def ask(self) -> None:
        """Read the rules again at the next look, changed or not."""
        self._asked = True

    async def run(self, ending: Callable[[], bool]) -> None:
        """Look again and again, until the worker ends."""
        while not ending():
            await self.look()
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        """Put in force what has changed; batches that were begun are judged by the rules before."""
        in_force, metrics = self._services.in_force, self._services.metrics
        if self._asked or await asyncio.to_thread(in_force.changed):
            self._asked = False
            reading = await asyncio.to_thread(in_force.read_again)
            metrics.rules.refused.set(len(in_force.refused))
            metrics.rules.readings.labels(reading).inc()
            self._read = self._read or reading is Reading.LOADED
        if self._read and await self._routes_are_there():
            self._read = False
            self._services.judge.rules = in_force.rules
            metrics.show_rules([(rule.id, rule.severity) for rule in in_force.rules.rules])

    async def _routes_are_there(self) -> bool:
        """Create the Kafka topics of routes where they are missing; tell whether all are there."""
        routes = {route for rule in self._services.in_force.rules.rules for route in rule.route}
        try:
            if routes:
                await asyncio.to_thread(create_topics, self._services.settings, self._brokers, sorted(routes))
        except ServiceError as error:
            self._services.metrics.errors.labels("kafka").inc()
            LOG.warning("the rules wait: %s", error)
            return False
        return True
