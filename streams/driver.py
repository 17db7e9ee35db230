"""The batch driver: a transport for Faust whose agents receive lists of records.

Faust's own consumer spends most of its time per message. This one hands each partition's fetched records over as
one message that holds a list. What keeps commits exact: a batch's message carries its last offset; the batches
handed out are remembered per partition, in order; what may be committed is the end of the longest acknowledged
prefix; and what was handed out is forgotten when its partition is revoked, after a last commit.

It relies on inner parts of faust-streaming 0.15 and aiokafka 0.14, which is why `pyproject.toml` pins them.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, ClassVar, Final

from faust.transport import drivers
from faust.transport.drivers import aiokafka as stock
from faust.types import TP
from faust.types.tuples import ConsumerMessage

SCHEME: Final = "marsad"
FETCH_WAIT_MS: Final = 50
"""How long the broker may hold a fetch: with one fetch in flight per broker, idle partitions hold up busy ones."""

LAST_COMMIT: Final = 3.0
COORDINATOR_CHECK: Final = 1.0


class _Thread(stock.AIOKafkaConsumerThread):
    """The consumer's thread, with short fetches and a watch over the group coordinator."""

    def _create_worker_consumer(self, transport: stock.Transport) -> Any:  # noqa: ANN401 - aiokafka is untyped
        consumer = super()._create_worker_consumer(transport)
        consumer._fetch_max_wait_ms = FETCH_WAIT_MS  # noqa: SLF001 - Faust fixes it at 1500
        return consumer

    async def on_start(self) -> None:
        await super().on_start()
        self.add_future(self._watch_coordinator())

    async def _watch_coordinator(self) -> None:
        """End the process on an error of the coordinator, which aiokafka only tells those who ask."""
        while not self.should_stop:
            await asyncio.sleep(COORDINATOR_CHECK)
            try:
                self._ensure_consumer()._coordinator.check_errors()  # noqa: SLF001 - nothing public tells
            except Exception as error:  # noqa: BLE001 - whatever it is, the group is lost
                await self.crash(error)
                return


class BatchConsumer(stock.Consumer):
    """A consumer that delivers lists of records and commits whole batches."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Faust's signature
        self._handed_out: defaultdict[TP, deque[ConsumerMessage]] = defaultdict(deque)
        super().__init__(*args, **kwargs)

    def _new_consumer_thread(self) -> _Thread:
        return _Thread(self, loop=self.loop, beacon=self.beacon)

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Commit what is done while the partitions are still ours, then forget them."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_COMMIT):
                await self.force_commit(revoked)
        for tp in revoked:
            self._handed_out.pop(tp, None)
        await super().on_partitions_revoked(revoked)

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        """Begin with nothing handed out."""
        for tp in assigned:
            self._handed_out.pop(tp, None)
        await super().on_partitions_assigned(assigned, generation_id)

    def _filter_tps_with_pending_acks(self, topics: Any = None) -> Iterable[TP]:  # type: ignore[override]  # noqa: ANN401 - Faust's generator
        return [
            tp
            for tp, batches in self._handed_out.items()
            if batches and batches[0].acked and (topics is None or tp in topics or tp.topic in topics)
        ]

    def _new_offset(self, tp: TP) -> int | None:
        """Return the end of the longest prefix of batches that are done."""
        batches = self._handed_out[tp]
        offset = None
        while batches and batches[0].acked:
            offset = batches.popleft().offset + 1
        self._acked.pop(tp, None)
        self._acked_index.pop(tp, None)
        return offset

    async def _drain_messages(self, fetcher: Any) -> None:  # noqa: ANN401 - Faust's signature
        try:
            while not (self._stopped.is_set() or fetcher._stopped.is_set()):  # noqa: SLF001 - as Faust does
                await asyncio.sleep(0)
                records, _ = await self._wait_next_records(1.0)
                if records and not self.should_stop:
                    await self._deliver(records, self.app.consumer_generation_id)
        except self.consumer_stopped_errors:
            if not self.transport.app.should_stop:
                raise

    async def _deliver(self, records: Mapping[TP, list[Any]], generation: int) -> None:
        size = self.app.conf.broker_max_poll_records or 500
        for tp, fetched in records.items():
            for start in range(0, len(fetched), size):
                if not await self._flowing(generation):
                    return
                message = _as_message(tp, fetched[start : start + size], generation)
                self._handed_out[tp].append(message)
                await self.app.topics._tp_to_callback[tp](message)  # type: ignore[attr-defined]  # noqa: SLF001 - Faust's way in
                self._read_offset[tp] = message.offset
                await asyncio.sleep(0)

    async def _flowing(self, generation: int) -> bool:
        """Wait while the flow is stopped; tell whether what was fetched is still ours to deliver."""
        while not self.flow_active:
            if self.should_stop or self.app.consumer_generation_id != generation:
                return False
            with suppress(TimeoutError):
                await asyncio.wait_for(self.can_resume_flow.wait(), 0.1)
        return not self.should_stop and self.app.consumer_generation_id == generation


class BatchProducer(stock.Producer):
    """A producer whose retries write nothing twice."""

    def _settings_extra(self) -> Mapping[str, Any]:
        return {"acks": "all", "enable_idempotence": True}


class BatchTransport(stock.Transport):
    """Kafka in batches: broker URLs that begin with `marsad://`."""

    Consumer: ClassVar[Any] = BatchConsumer
    Producer: ClassVar[Any] = BatchProducer


def register() -> None:
    """Make the scheme known to Faust."""
    drivers.TRANSPORTS.aliases[SCHEME] = f"{__name__}:{BatchTransport.__name__}"


def _as_message(tp: TP, batch: list[Any], generation: int) -> ConsumerMessage:
    last = batch[-1]
    return ConsumerMessage(
        topic=tp.topic,
        partition=tp.partition,
        offset=last.offset,
        timestamp=last.timestamp / 1000,
        timestamp_type=last.timestamp_type,
        headers=None,
        key=None,
        value=batch,  # type: ignore[arg-type]  # a list of records is the point
        checksum=None,
        serialized_key_size=0,
        serialized_value_size=0,
        tp=tp,
        generation_id=generation,
    )
