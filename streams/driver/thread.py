"""The consumer's thread: short fetches, whole transactions only, and a watch over the group coordinator."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from time import monotonic
from typing import Any, Final, NamedTuple, Protocol

from faust.transport.drivers import aiokafka as stock
from faust.types import TP

FETCH_BYTES: Final = 16 << 20
"""What the broker may answer to one fetch, over all partitions."""

FETCH_WAIT_MS: Final = 50
"""How long the broker may hold a fetch: with one fetch in flight per broker, idle partitions hold up busy ones."""

BATCH_BYTES: Final = 8 << 20
"""A batch ends with the record that brings it to so many bytes."""

BUNDLE: Final = 2_000
"""Records that are brought at most from this thread to the agents' at once: each time costs a turn of both."""

AT_ONCE: Final = 128
"""Records that are unpacked at most before it is looked how large they are."""

COORDINATOR_CHECK: Final = 1.0
BROKER_CHECK: Final = 5.0
"""How often is asked whether a broker answers, in seconds; a worker without partitions asks nothing else."""


class Record(Protocol):
    """A record as aiokafka fetched it; `timestamp` is in milliseconds."""

    topic: str
    partition: int
    offset: int
    timestamp: int
    timestamp_type: int
    value: bytes | None


class Fetched(NamedTuple):
    """What was read of one partition.

    `after` is the offset that follows, which gaps may put further on than the next; there may be nothing but a gap.
    `turn` is how often the position had been moved otherwise than by reading.
    """

    records: Sequence[Record]
    after: int
    turn: int = 0


def size_of(records: Iterable[Record]) -> int:
    """Return how large the values of records are."""
    return sum([len(record.value or b"") for record in records])


class BatchThread(stock.AIOKafkaConsumerThread):
    """The thread that talks to Kafka; all that moves a position happens in it, so that none moves while it reads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Faust's signature
        self.turns: Mapping[TP, int] = {}
        self._told: dict[TP, int] = {}
        self._placed: object = None
        self.answered: float | None = None
        self._typical = BATCH_BYTES  # how large the last records were
        super().__init__(*args, **kwargs)

    def _create_worker_consumer(self, transport: stock.Transport) -> Any:  # noqa: ANN401 - aiokafka is untyped
        consumer = super()._create_worker_consumer(transport)
        consumer._fetch_max_wait_ms = FETCH_WAIT_MS  # noqa: SLF001 - Faust fixes it at 1500
        consumer._fetch_max_bytes = FETCH_BYTES  # noqa: SLF001 - no setting of Faust's
        consumer._isolation_level = "read_committed"  # noqa: SLF001 - as above
        return consumer

    async def on_start(self) -> None:
        """Begin to watch with the consumer's start."""
        await super().on_start()
        self.add_future(self._watch_coordinator())
        self.add_future(self._watch_brokers())

    async def _watch_coordinator(self) -> None:
        """End the process on an error of the coordinator, which aiokafka only tells those who ask."""
        while not self.should_stop:
            await asyncio.sleep(COORDINATOR_CHECK)
            try:
                self._ensure_consumer()._coordinator.check_errors()  # noqa: SLF001 - nothing public tells
            except Exception as error:  # noqa: BLE001 - whatever it is, the group is lost
                await self.crash(error)
                return

    async def _watch_brokers(self) -> None:
        """Note when a broker last answered."""
        while not self.should_stop:
            if await self._ensure_consumer()._client.force_metadata_update():  # noqa: SLF001 - nothing public asks
                self.answered = monotonic()
            await asyncio.sleep(BROKER_CHECK)

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Let what was read before and is not taken yet be forgotten; at the end, let the group go on without us."""
        for tp in revoked:
            self._moved(tp, 0)
        await super().on_partitions_revoked(revoked)
        if self.app.should_stop:
            raise asyncio.CancelledError  # ends what would rejoin the group, so that leaving it needn't wait

    async def _seek_wait(self, consumer: Any, partitions: Mapping[TP, int]) -> None:  # noqa: ANN401 - aiokafka is untyped
        for tp, offset in partitions.items():
            consumer.seek(tp, offset)
            self._moved(tp, offset)
        await super()._seek_wait(consumer, partitions)

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """Go back to what is committed; a partition of which nothing is committed stays where it is."""
        committed: Mapping[TP, int] = await self.call_thread(self._go_back)
        return committed

    def polled(self, tp: TP) -> float | None:
        """Return when the broker last told of a partition, UTC seconds; None when it has not yet."""
        told = self._ensure_consumer().last_poll_timestamp(tp)
        return None if told is None else told / 1000

    @property
    def placed(self) -> bool:
        """Tell whether reading stands where it should in the present assignment."""
        subscriptions = self._ensure_consumer()._subscription  # noqa: SLF001 - nothing public tells
        present = subscriptions.subscription and subscriptions.subscription.assignment
        return present is not None and present is self._placed and not subscriptions.reassignment_in_progress

    async def _go_back(self) -> Mapping[TP, int]:
        consumer = self._ensure_consumer()
        assignment = consumer._subscription.subscription.assignment  # noqa: SLF001 - as above
        committed = {tp: await consumer.committed(tp) for tp in consumer.assignment()}
        for tp, offset in committed.items():
            if offset is not None:
                consumer.seek(tp, offset)
                self._moved(tp, offset)
        self._placed = assignment
        return committed

    def _moved(self, tp: TP, position: int) -> None:
        self.turns = {**self.turns, tp: self.turns.get(tp, 0) + 1}  # a new one, since the other thread goes through it
        self._told[tp] = position

    async def _fetch_records(
        self,
        consumer: Any,  # noqa: ANN401 - as above
        active_partitions: set[TP],
        timeout: float | None = None,  # noqa: ASYNC109 - Faust's signature
        max_records: int | None = None,
    ) -> Any:  # noqa: ANN401 - Faust's is a mapping of lists
        read: dict[TP, list[Record]] = {}
        most, room = max(max_records or 1, BUNDLE), BATCH_BYTES
        while most > 0 and room > 0:
            at_once = max(1, min(most, AT_ONCE, room // self._typical))
            found = await super()._fetch_records(consumer, active_partitions, timeout, at_once)
            if not found:
                break
            for tp, records in found.items():
                read.setdefault(tp, []).extend(records)
                size = size_of(records)
                most, room, self._typical = most - len(records), room - size, max(1, size // len(records))
            timeout = 0  # what else there is, without waiting for it
        return self._with_positions(consumer, read)

    def _with_positions(self, consumer: Any, read: Mapping[TP, Sequence[Record]]) -> dict[TP, Fetched]:  # noqa: ANN401 - as above
        """Add where each partition stands, also where nothing but a gap was passed."""
        subscriptions = consumer._subscription  # noqa: SLF001 - nothing public tells at once
        if subscriptions.reassignment_in_progress:
            return {}
        assignment, fetched = subscriptions.subscription.assignment, {}
        for tp in assignment.tps:
            state, records = assignment.state_value(tp), read.get(tp, ())
            if state.has_valid_position and (records or state.position > self._told.get(tp, 0)):
                fetched[tp] = Fetched(records, state.position, self.turns.get(tp, 0))
                self._told[tp] = state.position
        return fetched

    async def _commit(self, offsets: Mapping[TP, int]) -> bool:
        """Commit, unless the group has put this member out: Kafka checks only those who name a generation."""
        if self._ensure_consumer()._coordinator.generation < 0:  # noqa: SLF001 - nothing public tells
            return False
        return bool(await super()._commit(offsets))
