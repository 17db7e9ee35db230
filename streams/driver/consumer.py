"""The consumer: fetches ahead, hands out batches, commits what is done."""

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from aiokafka.errors import ConsumerStoppedError
from faust.transport.drivers import aiokafka as stock
from faust.types import TP
from faust.types.tuples import ConsumerMessage

from streams.driver.backlog import Backlog, Waiting
from streams.driver.ledger import Ledger
from streams.driver.thread import BATCH_BYTES, BatchThread, Record

if TYPE_CHECKING:
    from streams.driver.app import BatchApp

AHEAD: Final = 2
"""Batches of a Kafka topic that may be out at once: one that waits for its effects, one that is worked on meanwhile."""

POLL: Final = 1.0
BESIDE: Final = 0.01
"""How often is fetched while batches are out and there is no room for another, in seconds."""

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
        self.joined = False
        self._changed = asyncio.Event()
        super().__init__(*args, **kwargs)

    def _new_consumer_thread(self) -> BatchThread:
        return BatchThread(self, loop=self.loop, beacon=self.beacon)

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Finish and commit what is out while the partitions are still ours, then forget it."""
        self.joined = False
        await self.hand_over(HANDOVER)
        self._ledger.clear()  # of all partitions: they are revoked together
        await super().on_partitions_revoked(revoked)

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        """Hand out again as soon as reading stands at what is committed, unless this is the end."""
        self._handing_over = self.app.should_stop
        await super().on_partitions_assigned(assigned, generation_id)
        self.joined = True

    async def hand_over(self, within: float) -> None:
        """Hand nothing more out, wait until what is out is done, and commit it; give each `within` seconds."""
        self._handing_over = True
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self._ledger.unfinished() and not self.app.crashed:
                    await self._change(UNTIL_FLOW)
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._commit_all()

    async def _commit_all(self) -> None:
        """Commit what is done, one commit at a time, so that none overtakes another."""
        while self._commit_fut or self._ledger.committable():
            if self._commit_fut:
                await asyncio.wait({self._commit_fut})  # to await it as Faust does would swallow a time limit
            else:
                await self.commit()

    async def _seek(self, partition: TP, offset: int) -> None:
        """Go on at `offset`; nothing that was fetched before is handed out any more."""
        await self._thread.seek_wait({partition: offset})

    def done(self, tp: TP) -> int | None:
        """Return the offset that follows what is committed; None when nothing is."""
        return self._committed_offset[tp]

    def polled(self, tp: TP) -> float | None:
        """Return when the broker last told of a partition, UTC seconds."""
        return self._thread.polled(tp)

    def has_something_to_commit(self) -> bool:
        """Tell whether the next commit moves an offset."""
        return bool(self._ledger.committable())

    def answered(self) -> float | None:
        """Return when a broker last answered, by the monotonic clock."""
        return self._thread.answered

    def ack(self, message: Any) -> bool:  # noqa: ANN401 - Faust's message
        """Note that a batch is done."""
        done = bool(super().ack(message))
        message.value = None  # the records are done with; the message waits in the ledger for its commit
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
                await self._gather()
                for topic in self._backlog.topics(self._active_partitions):
                    await self._deliver(topic)
        except (asyncio.CancelledError, ConsumerStoppedError):
            if not self.transport.app.should_stop:
                raise

    async def _gather(self) -> None:
        """Add to the backlog what there is; wait while there is nothing to hand out, or no room for it.

        Fetching goes on beside the agents' work, now and then, so that what comes meanwhile makes one batch.
        """
        if not self.flow_active:
            await self.wait(self.can_resume_flow)  # type: ignore[arg-type]  # as Faust does
        wanted, patience = self._wanted()
        if patience is None or (patience and not wanted):
            await self._change(BESIDE if wanted else UNTIL_FLOW)
        if wanted:
            self._add(await self._getmany(wanted, patience or 0.0))

    def _add(self, found: Mapping[TP, Any]) -> None:
        self._backlog.begin(self._thread.turns)
        for tp, fetched in found.items():
            if not self._backlog.add(tp, fetched, monotonic()):
                self._ledger.pass_over(tp, fetched.after)

    def _wanted(self) -> tuple[set[TP], float | None]:
        """Return what to fetch from, where less than a batch waits, and for how long; None while there is no room."""
        wanted, patience, crowded = set(self._active_partitions), POLL, False
        for topic in self._backlog.topics(self._active_partitions):
            waiting = self._backlog.waiting(topic, self._active_partitions)
            if self._is_full(waiting):
                wanted = {tp for tp in wanted if tp.topic != topic}
            if self._has_room(topic, waiting):
                patience = min(patience, self._early(waiting))
            else:
                crowded = True
        return wanted, None if crowded and patience > 0 else patience

    async def _deliver(self, topic: str) -> None:
        """Hand out a batch of a Kafka topic, if it is time."""
        self._backlog.begin(self._thread.turns)
        waiting = self._backlog.waiting(topic, self._active_partitions)
        if not waiting.records or not self._has_room(topic, waiting) or self._early(waiting):
            return
        batch = self._backlog.cut(topic, self._active_partitions, self._most, BATCH_BYTES)
        message = _as_message(batch.records, self.app.consumer_generation_id)
        self._ledger.hand_out(message, batch.ends)
        await self.callback(message)

    def _has_room(self, topic: str, waiting: Waiting) -> bool:
        """Tell whether a batch of a Kafka topic may be handed out now: ahead of another's end only one that is full."""
        if not self.flow_active or self._handing_over or not self._thread.placed:
            return False
        return self._ledger.unfinished(topic) < (AHEAD if self._is_full(waiting) else 1)

    def _is_full(self, waiting: Waiting) -> bool:
        return waiting.records >= self._most or waiting.size >= BATCH_BYTES

    def _early(self, waiting: Waiting) -> float:
        """Return how many seconds longer a batch may wait to fill."""
        return 0.0 if self._is_full(waiting) else max(0.0, waiting.since + self.app.batch_wait - monotonic())

    async def _change(self, within: float) -> None:
        """Wait until a batch is done, `within` seconds at the most."""
        self._changed.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._changed.wait()

    @property
    def _most(self) -> int:
        return self.app.conf.broker_max_poll_records or 1


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
