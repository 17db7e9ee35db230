"""Redis scripts: `.lua` files beside the modules that call them, run for a whole batch in one round trip."""

from collections.abc import Sequence
from hashlib import sha1
from importlib.resources import files
from typing import Any, Final

import msgspec
from redis.asyncio import Redis
from redis.asyncio.client import Pipeline
from redis.exceptions import BusyLoadingError, NoScriptError, ResponseError

RedisClient = Redis
KEPT_FROM_WORK: Final = ("BUSY Redis is busy", "MISCONF")
Value = str | bytes | int | float


class Script(msgspec.Struct, frozen=True):
    """A script's text, and the digest that Redis knows it by."""

    text: str
    sha: str


class Call(msgspec.Struct, frozen=True):
    """One run of a script; its keys are of one slot of a cluster."""

    script: Script
    keys: Sequence[str]
    args: Sequence[Value]


def load_script(package: str, *names: str) -> Script:
    """Return the script `lua/<name>.lua` of a package; of several names, their texts one behind the other."""
    text = "".join(files(package).joinpath("lua", f"{name}.lua").read_text(encoding="utf-8") for name in names)
    return Script(text, sha1(text.encode(), usedforsecurity=False).hexdigest())


def packed(value: object) -> bytes:
    """Return a list as scripts read it in one argument, with `cmsgpack.unpack`."""
    return msgspec.msgpack.encode(value)


async def run(redis: RedisClient, calls: Sequence[Call]) -> list[Any]:
    """Run scripts, all in one round trip; return their answers in order.

    A Redis that doesn't know them is given them and asked again; every script gives the same when it is run twice.
    """
    if not calls:
        return []
    try:
        return await _run(redis, calls)
    except NoScriptError:
        pipeline = redis.pipeline(transaction=False)
        for text in {call.script.text for call in calls}:
            pipeline.script_load(text)
        await execute(pipeline)
        return await _run(redis, calls)


async def execute(pipeline: Pipeline) -> list[Any]:
    """Return the answers to a pipeline; raise BusyLoadingError also while Redis is kept from its work.

    A Redis that was stopped in the middle of a script says BUSY when it goes on, one whose disk is full MISCONF.
    """
    try:
        return await pipeline.execute()
    except ResponseError as error:
        if any(sign in str(error) for sign in KEPT_FROM_WORK):
            raise BusyLoadingError(str(error)) from error
        raise


async def _run(redis: RedisClient, calls: Sequence[Call]) -> list[Any]:
    pipeline = redis.pipeline(transaction=False)
    for call in calls:
        pipeline.evalsha(call.script.sha, len(call.keys), *call.keys, *call.args)
    return await execute(pipeline)
