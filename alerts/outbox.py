"""The outbox: alerts that were decided and wait to be published, in Redis."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from secrets import token_hex
from typing import cast

import msgspec

from alerts.alert import Alert
from processors.keys import RULE_SLOTS, Keys
from processors.scripts import RedisClient, load_script

LEASE_MS = 5_000
"""A dead relay's entries are taken over after this time."""

PAGE = 100


class Entry(msgspec.Struct, frozen=True):
    """An alert in the outbox; `key` is its rule's group."""

    id: bytes
    key: bytes
    alert: Alert


class Outbox:
    """The outboxes of all slots; one relay at a time holds the lease of each."""

    def __init__(self, redis: RedisClient, keys: Keys) -> None:
        self._redis = redis
        self._keys = keys
        self._settle = load_script(redis, "alerts", "settle")
        self._release = load_script(redis, "alerts", "release")
        self._decoder = msgspec.json.Decoder(Alert)

    async def waiting(self) -> list[int]:
        """Return the slots that hold entries."""
        pipeline = self._redis.pipeline(transaction=False)
        for slot in range(RULE_SLOTS):
            pipeline.xlen(self._keys.outbox(slot))
        return [slot for slot, length in enumerate(await pipeline.execute()) if length]

    @asynccontextmanager
    async def lease(self, slot: int) -> AsyncIterator[str | None]:
        """Hold the lease of a slot; yield its fencing token, or None when another holds it."""
        token = token_hex(8)
        key = self._keys.lease(slot)
        if not await self._redis.set(key, token, nx=True, px=LEASE_MS):
            yield None
            return
        try:
            yield token
        finally:
            await self._release(keys=[key], args=[token])

    async def read(self, slot: int) -> list[Entry]:
        """Return the oldest entries of a slot, in order."""
        rows = cast(
            "list[tuple[bytes, dict[bytes, bytes]]]", await self._redis.xrange(self._keys.outbox(slot), count=PAGE)
        )
        return [Entry(entry, row[b"key"], self._alert(row)) for entry, row in rows]

    async def settle(self, slot: int, token: str, entries: list[Entry]) -> bool:
        """Remove published entries; False when the lease was lost meanwhile."""
        keys = [self._keys.lease(slot), self._keys.outbox(slot)]
        return int(await self._settle(keys=keys, args=[token, *(entry.id for entry in entries)])) >= 0

    def _alert(self, row: dict[bytes, bytes]) -> Alert:
        return msgspec.structs.replace(self._decoder.decode(row[b"alert"]), sequence=int(row[b"sequence"]))
