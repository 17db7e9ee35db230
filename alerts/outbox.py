"""The outbox: alerts that were decided and wait to be published, in Redis."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from alerts.alert import Alert
from alerts.decision import outcome_of
from alerts.outcome import Outcome
from alerts.silences import SilenceRef
from processors.keys import RULE_SLOTS, Keys
from processors.scripts import Call, RedisClient, Script, execute, load_script, run

LEASE_MS = 5_000
"""A dead relay's entries are taken over after this time."""

PAGE = 100


class Entry(msgspec.Struct, frozen=True):
    """An alert in the outbox, let out or held back; `key` is its rule's group."""

    id: bytes
    key: bytes
    alert: Alert
    outcome: Outcome = Outcome.FIRED
    silence: SilenceRef | None = None


class Waiting(msgspec.Struct, frozen=True):
    """How many alerts wait, and for how long the oldest has, in seconds."""

    alerts: int = 0
    oldest: float = 0.0


Taken = dict[int, list[Entry]]
"""Entries by slot, oldest first."""


class Outbox:
    """The outboxes of all slots; one relay at a time holds the lease of each."""

    def __init__(self, redis: RedisClient, keys: Keys) -> None:
        self._redis = redis
        self._keys = keys
        self._take, self._settle = load_script("alerts", "take"), load_script("alerts", "settle")
        self._decoder = msgspec.json.Decoder(Alert)

    async def take(self, slots: Iterable[int], token: str) -> Taken:
        """Take the leases of those slots that hold something and that no other relay has; return their entries."""
        return await self._ask(self._take, dict.fromkeys(slots, ()), token)

    async def settle(self, published: Taken, token: str) -> Taken:
        """Remove published entries; return what came meanwhile, or give the lease back where nothing did."""
        return await self._ask(
            self._settle, {slot: [e.id for e in entries] for slot, entries in published.items()}, token
        )

    async def waiting(self) -> Waiting:
        """Return what waits in all slots, whoever relays it; ids of a stream begin with Redis's time."""
        pipeline = self._redis.pipeline(transaction=False)
        for slot in range(RULE_SLOTS):
            pipeline.xlen(self._keys.outbox(slot))
            pipeline.xrange(self._keys.outbox(slot), count=1)
        pipeline.time()
        *found, (seconds, _) = await execute(pipeline)
        begun = [int(entries[0][0].partition(b"-")[0]) / 1000 for entries in found[1::2] if entries]
        return Waiting(sum(found[::2]), max(0.0, seconds - min(begun)) if begun else 0.0)

    async def _ask(self, script: Script, slots: Mapping[int, Sequence[bytes]], token: str) -> Taken:
        calls = [
            Call(script, [self._keys.lease(slot), self._keys.outbox(slot)], [token, LEASE_MS, PAGE, *ids])
            for slot, ids in slots.items()
        ]
        answers = zip(slots, await run(self._redis, calls), strict=True)
        return {slot: [self._entry(*row) for row in rows] for slot, rows in answers if rows}

    def _entry(self, name: bytes, fields: list[bytes]) -> Entry:
        row = dict(zip(fields[::2], fields[1::2], strict=True))
        alert = msgspec.structs.replace(self._decoder.decode(row[b"alert"]), sequence=int(row[b"sequence"]))
        outcome, _, silence = outcome_of(row.get(b"outcome", Outcome.FIRED.encode()))
        return Entry(name, row[b"key"], alert, outcome, silence)
