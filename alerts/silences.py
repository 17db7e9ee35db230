"""Silences: what people don't want to be told of for a while, in Redis for every worker."""

from collections.abc import Collection, Sequence
from typing import Final

import msgspec

from processors.keys import Keys
from processors.scripts import Call, RedisClient, Value, load_script, run

FRESH: Final = 1.0
"""How old a worker's copy of the silences may be, in seconds."""


class Silence(msgspec.Struct, frozen=True, kw_only=True):
    """What is silenced, by whom, why and until when (UTC seconds); of what it names, all must hold.

    `topics` are the topic and those below it.
    """

    id: str
    author: str
    reason: str
    starts: float
    ends: float
    rule: str | None = None
    actor: str | None = None
    pair: tuple[str, str] | None = None
    topic: str | None = None
    topics: tuple[str, ...] = ()

    def covers(self, rule: str, actors: Collection[str], topics: Collection[str], now: float) -> bool:
        """Tell whether it holds back an alert of a rule on these actors and topics."""
        return (
            self.starts <= now < self.ends
            and self.rule in (None, rule)
            and (self.actor is None or self.actor in actors)
            and (self.pair is None or all(actor in actors for actor in self.pair))
            and (self.topic is None or any(topic in topics for topic in (self.topic, *self.topics)))
        )


class SilenceRef(msgspec.Struct, frozen=True):
    """The silence that held an alert back."""

    id: str
    reason: str


class Silences:
    """The silences in Redis, and a copy that is never older than a second when it is asked."""

    def __init__(self, redis: RedisClient, keys: Keys) -> None:
        self._redis = redis
        self._key = keys.silences()
        self._script = load_script("alerts", "silence")
        self._decoder = msgspec.json.Decoder(Silence)
        self._copy: list[Silence] = []
        self._read_at: float | None = None

    async def add(self, silence: Silence, now: float) -> None:
        """Keep a silence until it ends."""
        ended = [known.id for known in await self._all() if known.ends <= now]
        lasts = max(1, int(silence.ends - now) + 1)
        args: list[Value] = [silence.id, msgspec.json.encode(silence), lasts, *ended]
        await run(self._redis, [Call(self._script, [self._key], args)])

    async def end(self, name: str) -> bool:
        """End a silence; return False when there is none of this id."""
        return bool(await self._redis.hdel(self._key, name))

    async def listed(self, now: float) -> list[Silence]:
        """Return the silences that have not ended, the next to end first."""
        return sorted((s for s in await self._all() if s.ends > now), key=lambda s: (s.ends, s.id))

    async def in_force(self, now: float) -> Sequence[Silence]:
        """Return the silences as they were at most a second ago."""
        if self._read_at is None or not self._read_at <= now < self._read_at + FRESH:
            self._copy, self._read_at = await self._all(), now
        return self._copy

    async def _all(self) -> list[Silence]:
        return [self._decoder.decode(value) for value in (await self._redis.hgetall(self._key)).values()]


def silence_over(
    silences: Sequence[Silence], rule: str, actors: Collection[str], topics: Collection[str], now: float
) -> SilenceRef | None:
    """Return the silence that holds back an alert of a rule on these actors and topics, if any does."""
    found = (SilenceRef(s.id, s.reason) for s in silences if s.covers(rule, actors, topics, now))
    return next(found, None)


def as_text(silence: SilenceRef | None) -> str:
    """Return a silence as scripts record it; nothing for none."""
    return msgspec.json.encode(silence).decode() if silence else ""
