"""The batch driver: a transport for Faust whose agents receive lists of records.

Faust's own consumer spends most of its time per message. This one hands over all that was fetched of a Kafka topic,
from whichever partitions, as one message that holds a list. What keeps it exact:

- Records of a partition stay in order. Of those fetched, what no agent has taken yet waits here, and no more is
  fetched than two batches ahead of the agents, so that memory is bounded and a slow agent gets fuller batches.
- A batch is done when its agent acknowledges it. Each partition remembers what was handed out of it, in order; what
  may be committed is the end of the longest prefix that is done.
- Before partitions are given up, at a rebalance or an orderly end, nothing more is handed out, what was is given some
  time to be done, and that is committed; the rest is forgotten, and fetched again by whoever owns it next.

It relies on inner parts of faust-streaming 0.15 and aiokafka 0.14, which is why `pyproject.toml` pins them and
`tests/streams/driver/test_internals.py` watches them.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import takewhile
from time import monotonic
from typing import Any, ClassVar, Final, NamedTuple

import faust
from faust.transport import drivers
from faust.transport.drivers import aiokafka as stock
from faust.types import TP
from faust.types.tuples import ConsumerMessage

SCHEME: Final = "marsad"
AHEAD: Final = 2
"""Batches of a Kafka topic that may be out at once: one in the works, one for when it is done."""

BATCH_BYTES: Final = 8 << 20
"""A batch ends with the record that brings it to so many bytes."""

FETCH_BYTES: Final = 16 << 20
"""What the broker may answer to one fetch, over all partitions."""

FETCH_WAIT_MS: Final = 50
"""How long the broker may hold a fetch: with one fetch in flight per broker, idle partitions hold up busy ones."""

POLL: Final = 1.0
UNTIL_FLOW: Final = 0.1
"""How often it is looked whether a flow that was stopped goes on, in seconds; a batch that is done tells by itself."""

HANDOVER: Final = 3.0
"""How long partitions that are revoked wait for the batches that are out, and for their last commit."""

COORDINATOR_CHECK: Final = 1.0


class BatchApp(faust.App):
    """A Faust app whose agents receive batches, from brokers whose URLs begin with `marsad://`."""

    def __init__(self, name: str, *, batch_wait: float = 0.0, end_within: float = HANDOVER, **options: Any) -> None:  # noqa: ANN401 - Faust's settings
        """Let a batch wait `batch_wait` seconds to fill, and give those that are out `end_within` at the end."""
        drivers.TRANSPORTS.aliases[SCHEME] = f"{__name__}:{BatchTransport.__name__}"
        super().__init__(name, **options)
        self.batch_wait = batch_wait
        self.end_within = end_within

    async def on_stop(self) -> None:
        """End in order: what was handed out is done and committed."""
        if isinstance(self._consumer, BatchConsumer) and not self.crashed:
            await self._consumer.hand_over(self.end_within)
        await super().on_stop()


class _Part(NamedTuple):
    """What a batch holds of one partition ends before offset `end`."""

    batch: ConsumerMessage
    end: int


class _Thread(stock.AIOKafkaConsumerThread):
    """The consumer's thread, with short fetches and a watch over the group coordinator."""

    generation = -1
    """The generation of the group whose positions the last fetched records belong to."""

    def _create_worker_consumer(self, transport: stock.Transport) -> Any:  # noqa: ANN401 - aiokafka is untyped
        consumer = super()._create_worker_consumer(transport)
        consumer._fetch_max_wait_ms = FETCH_WAIT_MS  # noqa: SLF001 - Faust fixes it at 1500
        consumer._fetch_max_bytes = FETCH_BYTES  # noqa: SLF001 - no setting of Faust's
        consumer._isolation_level = "read_committed"  # noqa: SLF001 - as above
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

    async def _fetch_records(self, consumer: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as above
        """Fetch records, each partition's with the offset that follows, which gaps may put beyond the last record."""
        fetched = await super()._fetch_records(consumer, *args, **kwargs)
        self.generation = consumer._coordinator.generation  # noqa: SLF001 - as above
        return {tp: (records, await consumer.position(tp)) for tp, records in fetched.items()}


class BatchConsumer(stock.Consumer):
    """A consumer that delivers lists of records and commits whole batches."""

    app: BatchApp
    _thread: _Thread

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Faust's signature
        self._fetched: dict[TP, deque[Any]] = {}
        self._next: dict[TP, int] = {}
        self._since = 0.0
        self._out: list[ConsumerMessage] = []
        self._handed_out: defaultdict[TP, deque[_Part]] = defaultdict(deque)
        self._handing_over = False
        self._changed = asyncio.Event()
        super().__init__(*args, **kwargs)

    def _new_consumer_thread(self) -> _Thread:
        return _Thread(self, loop=self.loop, beacon=self.beacon)

    # Giving partitions up, and taking them on

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Finish and commit what is out while the partitions are still ours, then forget them."""
        await self.hand_over(HANDOVER)
        self._forget(revoked)
        await super().on_partitions_revoked(revoked)

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        """Begin with nothing fetched and nothing handed out."""
        self._forget({*assigned, *self._fetched, *self._handed_out})
        self._out.clear()
        self._handing_over = False
        await super().on_partitions_assigned(assigned, generation_id)

    async def hand_over(self, within: float) -> None:
        """Hand nothing more out, wait until what is out is done, and commit it; give up after `within` seconds."""
        self._handing_over = True
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self._unfinished():
                    await self._change(within)
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self.maybe_wait_for_commit_to_finish()
                await self.force_commit()

    async def _seek(self, partition: TP, offset: int) -> None:
        """Go on at `offset`; what was fetched before is fetched again when its turn comes."""
        self._fetched.pop(partition, None)
        await super()._seek(partition, offset)

    def _forget(self, partitions: set[TP]) -> None:
        for tp in partitions:
            self._fetched.pop(tp, None)
            self._handed_out.pop(tp, None)

    # What is done, and what of it may be committed

    def ack(self, message: Any) -> bool:  # noqa: ANN401 - Faust's message
        """Note that a batch is done."""
        done = bool(super().ack(message))
        self._changed.set()
        return done

    def _unfinished(self) -> list[ConsumerMessage]:
        self._out = [message for message in self._out if not message.acked]
        return self._out

    async def _change(self, within: float) -> None:
        """Wait until a batch is done, `within` seconds at the most."""
        self._changed.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._changed.wait()

    def _filter_tps_with_pending_acks(self, topics: Any = None) -> Iterable[TP]:  # type: ignore[override]  # noqa: ANN401 - Faust's generator
        return [
            tp
            for tp, parts in self._handed_out.items()
            if parts and parts[0].batch.acked and (topics is None or tp in topics or tp.topic in topics)
        ]

    def _new_offset(self, tp: TP) -> int | None:
        """Return the end of the longest prefix of batches that are done."""
        parts = self._handed_out[tp]
        done = [parts.popleft() for _ in list(takewhile(lambda part: part.batch.acked, parts))]
        self._acked.pop(tp, None)
        self._acked_index.pop(tp, None)
        return done[-1].end if done else None

    def verify_event_path(self, now: float, tp: TP) -> None:
        """Say nothing: Faust's livelock detector compares clocks that differ."""

    # From fetched records to batches

    async def _drain_messages(self, fetcher: Any) -> None:  # noqa: ANN401 - Faust's signature
        try:
            while not (self._stopped.is_set() or fetcher._stopped.is_set()):  # noqa: SLF001 - as Faust does
                await asyncio.sleep(0)
                waiting = self._deliverable()
                if waiting and not any(self._has_room(tp.topic) for tp in waiting):
                    await self._change(UNTIL_FLOW)
                    continue
                await self._fetch(sum(map(len, waiting.values())))
                for topic in {tp.topic for tp in self._deliverable()}:
                    await self._deliver(topic)
        except self.consumer_stopped_errors:
            if not self.transport.app.should_stop:
                raise

    def _deliverable(self) -> dict[TP, deque[Any]]:
        """Return what was fetched, paused partitions aside."""
        active = self._get_active_partitions()
        return {tp: records for tp, records in self._fetched.items() if records and tp in active}

    def _has_room(self, topic: str) -> bool:
        """Tell whether a batch of a Kafka topic may be handed out."""
        if self._handing_over or not self.flow_active:
            return False
        return sum(message.topic == topic for message in self._unfinished()) < AHEAD

    async def _fetch(self, waiting: int) -> None:
        """Add what there is to the records that wait, until they make a batch or have waited long enough."""
        if waiting >= self._size:
            return
        patience = max(0.0, self._since + self.app.batch_wait - monotonic()) if waiting else POLL
        fetched, _ = await self._wait_next_records(min(patience, POLL))
        if not fetched or self._thread.generation != self.app.consumer_generation_id:
            return
        if not waiting:
            self._since = monotonic()
        for tp, (records, after) in fetched.items():
            self._fetched.setdefault(tp, deque()).extend(records)
            self._next[tp] = after

    async def _deliver(self, topic: str) -> None:
        if not self._has_room(topic) or self._is_early():
            return
        batch, ends = self._cut(topic)
        message = _as_message(batch, self.app.consumer_generation_id)
        self._out.append(message)
        for tp, end in ends.items():
            self._handed_out[tp].append(_Part(message, end))
        await self.app.topics._tp_to_callback[message.tp](message)  # type: ignore[attr-defined]  # noqa: SLF001 - Faust's way in

    def _is_early(self) -> bool:
        """Tell whether what waits is still to be joined by more."""
        if monotonic() >= self._since + self.app.batch_wait:
            return False
        return sum(map(len, self._deliverable().values())) < self._size

    def _cut(self, topic: str) -> tuple[list[Any], dict[TP, int]]:
        """Take a batch from what waits; return it with the offset that follows it in each of its partitions."""
        batch: list[Any] = []
        ends: dict[TP, int] = {}
        room = BATCH_BYTES
        for tp, records in self._deliverable().items():
            while tp.topic == topic and records and room > 0 and len(batch) < self._size:
                record = records.popleft()
                room -= len(record.value or b"")
                batch.append(record)
                ends[tp] = record.offset + 1
            if tp in ends:
                ends[tp] = records[0].offset if records else self._next[tp]
        return batch, ends

    @property
    def _size(self) -> int:
        return self.app.conf.broker_max_poll_records or 500


class BatchProducer(stock.Producer):
    """A producer whose retries write nothing twice."""

    def _settings_extra(self) -> Mapping[str, Any]:
        return {"acks": "all", "enable_idempotence": True}


class BatchTransport(stock.Transport):
    """Kafka in batches: broker URLs that begin with `marsad://`."""

    Consumer: ClassVar[Any] = BatchConsumer
    Producer: ClassVar[Any] = BatchProducer


def _as_message(batch: list[Any], generation: int) -> ConsumerMessage:
    last = batch[-1]
    return ConsumerMessage(
        topic=last.topic,
        partition=last.partition,
        offset=last.offset,
        timestamp=last.timestamp / 1000,
        timestamp_type=last.timestamp_type,
        headers=None,
        key=None,
        value=batch,  # type: ignore[arg-type]  # a list of records is the point
        checksum=None,
        serialized_key_size=0,
        serialized_value_size=0,
        tp=TP(last.topic, last.partition),
        generation_id=generation,
    )
