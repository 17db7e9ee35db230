"""The workers of a group, as each says of itself in Redis every few seconds."""

import os
import socket
from importlib.metadata import version

import msgspec

from processors.keys import Keys
from processors.scripts import Call, RedisClient, load_script, run

LOST_AFTER = 10.0
"""A worker that has not been heard of for so long, in seconds, is lost."""

REMEMBERED = 300
"""For so long, in seconds, a lost one is told of."""

SPEAKS_MS = 10_000
"""When the worker that speaks for the group dies, another does after this time."""


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker says of itself; times are UTC seconds, `lag` is by partition, -1 where it is not known yet."""

    id: str
    host: str
    version: str
    started: float
    metrics: str = ""
    lag: dict[str, int] = {}
    rules: int = 0
    revision: str = ""
    refused: tuple[str, ...] = ()
    last_batch: float | None = None
    problems: tuple[str, ...] = ()


class Seen(msgspec.Struct, frozen=True):
    """A worker, and how many seconds ago it was heard of."""

    worker: Member
    ago: float

    @property
    def lost(self) -> bool:
        """Tell whether it has been silent for too long."""
        return self.ago >= LOST_AFTER


def this_worker(started: float) -> Member:
    """Return what is so of this process as long as it lives."""
    host = socket.gethostname()
    return Member(id=f"{host}-{os.getpid()}", host=host, version=version("marsad"), started=started)


class Group:
    """What the workers of a group know of each other, in Redis."""

    def __init__(self, redis: RedisClient, keys: Keys) -> None:
        self._redis = redis
        self._places = [keys.workers(), keys.seen()]
        self._speaker = keys.speaker()
        self._beat, self._workers, self._speak = (load_script("streams", n) for n in ("beat", "workers", "speak"))

    async def beat(self, member: Member) -> None:
        """Say that a worker lives."""
        await run(self._redis, [Call(self._beat, self._places, [member.id, msgspec.json.encode(member), REMEMBERED])])

    async def leave(self, name: str) -> None:
        """Forget a worker that ends in order."""
        pipeline = self._redis.pipeline(transaction=True)
        pipeline.hdel(self._places[0], name)
        pipeline.zrem(self._places[1], name)
        await pipeline.execute()

    async def workers(self) -> list[Seen]:
        """Return the workers that were heard of lately."""
        (found,) = await run(self._redis, [Call(self._workers, self._places, [])])
        return [Seen(msgspec.json.decode(said, type=Member), float(ago)) for said, ago in found]

    async def speaks(self, name: str) -> bool:
        """Tell whether a worker is the one that speaks for the group now; while there is none it becomes that."""
        (answer,) = await run(self._redis, [Call(self._speak, [self._speaker], [name, SPEAKS_MS])])
        return bool(answer)
