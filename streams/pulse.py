"""The pulse: every two seconds a worker tells which partitions are idle, and judges absences if it is its turn."""

import logging
from typing import Final

from processors.keys import slot_of
from streams.driver.idle import IdleWatch, Reader
from streams.publisher import KAFKA_AWAY
from streams.retry import REDIS_AWAY
from streams.wiring import Services

LOG = logging.getLogger(__name__)
EVERY: Final = 2.0
"""How often, in seconds."""


class Pulse:
    """What a worker does whether articles come or not."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._idle = IdleWatch()

    async def beat(self, reader: Reader, partitions: int | None, now: float) -> None:
        """Do it once; while Kafka or Redis is away nothing is done, and the next time will do."""
        try:
            idle = await self._idle.look(reader, self._services.kafka.articles, now)
            await self._services.watermark.report(idle)
            await self._judge(partitions or 0, now)
        except REDIS_AWAY as error:
            self._services.metrics.errors.labels("redis").inc()
            LOG.warning("absences wait: %r", error)
        except KAFKA_AWAY as error:
            self._services.metrics.errors.labels("kafka").inc()
            LOG.warning("absences wait: %r", error)

    async def _judge(self, partitions: int, now: float) -> None:
        services = self._services
        low = await services.watermark.low(partitions)
        in_force = await services.judge.silences.in_force(now)
        services.metrics.silences.set(sum(silence.starts <= now < silence.ends for silence in in_force))
        if low is None:
            return
        services.metrics.watermark.set(low.time)
        if await services.watermark.my_turn():
            decisions = await services.absences.tick(services.judge.rules.rules, low, now)
            services.relay.nudge(slot_of(decision.rule.id) for decision in decisions)
            for decision in decisions:
                services.metrics.decisions.labels(decision.outcome).inc()
