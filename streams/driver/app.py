"""The app: agents in batches, and an end that leaves no batch half done."""

from typing import Any, ClassVar, Final

import faust
import mode
from faust.transport import drivers
from faust.transport.drivers import aiokafka as stock

from streams.driver.consumer import HANDOVER, BatchConsumer
from streams.driver.producer import BatchProducer

SCHEME: Final = "marsad"
DEFAULTS: Final[dict[str, Any]] = {
    "agent_supervisor": mode.CrashingSupervisor,  # an agent that raises ends the process; Faust would go on behind it
    "broker_max_poll_interval": 10.0**6,  # a member that has nothing to fetch, or no room for it, stays in the group
    "broker_max_poll_records": 500,  # the largest batch
    "stream_wait_empty": False,  # to wait without end for what is out is not the driver's way
    "table_standby_replicas": 0,  # tables are not for batches
}
"""Faust's settings on which the driver's promises rest."""


class BatchTransport(stock.Transport):
    """Kafka in batches: broker URLs that begin with `marsad://`."""

    Consumer: ClassVar[Any] = BatchConsumer
    Producer: ClassVar[Any] = BatchProducer


class BatchApp(faust.App):
    """A Faust app whose agents receive batches, from brokers whose URLs begin with `marsad://`.

    An agent reads `stream.noack().events()` and acknowledges each event when all of its effects are durable. Tables and
    agents that are isolated by partition don't go with batches.
    """

    def __init__(self, name: str, *, batch_wait: float = 0.0, end_within: float = HANDOVER, **options: Any) -> None:  # noqa: ANN401 - Faust's settings
        """Let a batch wait `batch_wait` seconds to fill, and give those that are out `end_within` at the end."""
        drivers.TRANSPORTS.aliases[SCHEME] = f"{__name__}:{BatchTransport.__name__}"
        super().__init__(name, **{**DEFAULTS, **options})
        self.batch_wait = batch_wait
        self.end_within = end_within

    async def on_stop(self) -> None:
        """End in order: what was handed out is done and committed."""
        if isinstance(self._consumer, BatchConsumer) and not self.crashed:
            await self._consumer.hand_over(self.end_within)
        await super().on_stop()

    def _on_rebalance_when_stopped(self) -> None:
        """Do nothing: Faust would close the connection here, before the last commit and the leaving of the group."""
