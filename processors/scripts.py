"""Redis scripts: `.lua` files beside the modules that call them."""

from importlib.resources import files

from redis.asyncio import Redis
from redis.commands.core import AsyncScript

RedisClient = Redis


def load_script(redis: RedisClient, package: str, name: str) -> AsyncScript:
    """Return the script `lua/<name>.lua` of a package, ready to be called with keys and args."""
    text = files(package).joinpath("lua", f"{name}.lua").read_text(encoding="utf-8")
    return redis.register_script(text)
