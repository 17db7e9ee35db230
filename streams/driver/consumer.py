"""The consumer: fetches ahead, hands out batches, commits what is done."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from faust.transport.drivers import aiokafka as stock
from faust.types import TP
from faust.types.tuples import ConsumerMessage

from streams.driver.backlog import Backlog
from streams.driver.ledger import Ledger
from streams.driver.thread import BatchThread, Record

if TYPE_CHECKING:
    from streams.driver.app import BatchApp

AHEAD: Final = 2
"""Batches of a Kafka topic that may be out at once: one that waits for its effects, one that is worked on meanwhile."""

BATCH_BYTES: Final = 8 << 20
"""A batch ends with the record that brings it to so many bytes."""

POLL: Final = 1.0
UNTIL_FLOW: Final = 0.1
"""How often it is looked whether a flow that was stopped goes on, in seconds; a batch that is done tells by itself."""

HANDOVER: Final = 3.0
"""How long partitions that are revoked wait for the batches that are out, and for their last commit, in seconds."""


class BatchConsumer(stock.Consumer):
    """A consumer that delivers lists of records and commits whole batches."""

    app: "BatchApp"
    _thread: BatchThread

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Faust's signature
        self._backlog = Backlog()
        self._ledger = Ledger()
        self._handing_over = False
        self._changed = asyncio.Event()
        super().__init__(*args, **kwargs)

    def _new_consumer_thread(self) -> BatchThread:
        return BatchThread(self, loop=self.loop, beacon=self.beacon)

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Finish and commit what is out while the partitions are still ours, then forget them."""
        await self.hand_over(HANDOVER)
        self._backlog.forget(revoked)
        self._ledger.forget(revoked)
        await super().on_partitions_revoked(revoked)

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        """Begin with nothing fetched and nothing handed out."""
        self._backlog.clear()
        self._ledger.clear()
        self._handing_over = False
        await super().on_partitions_assigned(assigned, generation_id)

    async def hand_over(self, within: float) -> None:
        """Hand nothing more out, wait until what is out is done, and commit it; give each `within` seconds."""
        self._handing_over = True
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self._ledger.unfinished():
                    await self._change(within)
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self.maybe_wait_for_commit_to_finish()
                await self.force_commit()

    async def _seek(self, partition: TP, offset: int) -> None:
        """Go on at `offset`; nothing that was fetched before is handed out any more."""
        await super()._seek(partition, offset)
        self._backlog.forget([partition])

    def ack(self, message: Any) -> bool:  # noqa: ANN401 - Faust's message
        """Note that a batch is done."""
        done = bool(super().ack(message))
        self._changed.set()
        return done

    def _filter_tps_with_pending_acks(self, topics: Any = None) -> Iterable[TP]:  # type: ignore[override]  # noqa: ANN401 - Faust's generator
        return [tp for tp in self._ledger.committable() if topics is None or tp in topics or tp.topic in topics]

    def _new_offset(self, tp: TP) -> int | None:
        """Return the end of the longest prefix of batches that are done."""
        self._acked.pop(tp, None)
        self._acked_index.pop(tp, None)
        return self._ledger.settle(tp)

    def verify_event_path(self, now: float, tp: TP) -> None:
        """Say nothing: Faust's livelock detector compares clocks that differ."""

    async def _drain_messages(self, fetcher: Any) -> None:  # noqa: ANN401 - Faust's signature
        try:
            while not (self._stopped.is_set() or fetcher._stopped.is_set()):  # noqa: SLF001 - as Faust does
                await asyncio.sleep(0)
                topics = self._backlog.topics(self._active_partitions)
                if topics and not any(map(self._has_room, topics)):
                    await self._change(UNTIL_FLOW)
                    continue
                await self._fetch()
                for topic in self._backlog.topics(self._active_partitions):
                    await self._deliver(topic)
        except self.consumer_stopped_errors:
            if not self.transport.app.should_stop:
                raise

    async def _fetch(self) -> None:
        """Add what there is to the backlog, unless that makes a batch already; wait only while it is empty or early."""
        waiting = self._backlog.waiting(self._active_partitions)
        if waiting >= self._most:
            return
        patience = max(0.0, self._backlog.since + self.app.batch_wait - monotonic()) if waiting else POLL
        found, _ = await self._wait_next_records(min(patience, POLL))
        if self._thread.generation == self.app.consumer_generation_id:
            for tp, fetched in (found or {}).items():
                self._backlog.add(tp, fetched, monotonic())  # type: ignore[arg-type]  # what our thread returns

    async def _deliver(self, topic: str) -> None:
        """Hand out a batch of a Kafka topic, if it is time."""
        early = monotonic() < self._backlog.since + self.app.batch_wait
        if not self._has_room(topic) or (early and self._backlog.waiting(self._active_partitions) < self._most):
            return
        batch = self._backlog.cut(topic, self._active_partitions, self._most, BATCH_BYTES)
        message = _as_message(batch.records, self.app.consumer_generation_id)
        self._ledger.hand_out(message, batch.ends)
        await self.app.topics._tp_to_callback[message.tp](message)  # type: ignore[attr-defined]  # noqa: SLF001 - Faust's way in

    def _has_room(self, topic: str) -> bool:
        """Tell whether a batch of a Kafka topic may be handed out now."""
        return self.flow_active and not self._handing_over and self._ledger.unfinished(topic) < AHEAD

    async def _change(self, within: float) -> None:
        """Wait until a batch is done, `within` seconds at the most."""
        self._changed.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._changed.wait()

    @property
    def _most(self) -> int:
        return self.app.conf.broker_max_poll_records or 500


def _as_message(batch: list[Record], generation: int) -> ConsumerMessage:
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
