"""Whether Redis keeps what it is given; Kafka moves on only because it does."""

from redis.asyncio import Redis
from redis.exceptions import ResponseError

from processors.errors import ServiceError


async def check_redis(redis: Redis) -> list[str]:
    """Return what may be lost with Redis as it is set up; raise ServiceError when it throws keys away."""
    try:
        found = {name: value for row in ("append*", "maxmemory-policy") for name, value in await _config(redis, row)}
    except ResponseError:
        return ["Redis does not tell its configuration; see that it has appendfsync always and noeviction"]
    policy = found.get("maxmemory-policy", "noeviction")
    if policy != "noeviction":
        message = (
            f"Redis throws keys away when its memory is full (maxmemory-policy {policy}), and with them what was "
            "counted and decided; set maxmemory-policy to noeviction"
        )
        raise ServiceError(message)
    if found.get("appendonly") != "yes":
        return ["Redis keeps no append-only file: its end loses counts and decisions; set appendonly to yes"]
    if found.get("appendfsync") != "always":
        lost = "about a second" if found.get("appendfsync") == "everysec" else "some time"
        return [
            f"Redis writes to disk now and then: its crash loses {lost} of counts and alerts; set appendfsync always"
        ]
    return []


async def _config(redis: Redis, pattern: str) -> list[tuple[str, str]]:
    answer = await redis.config_get(pattern)
    return [(_text(name), _text(value)) for name, value in answer.items()]


def _text(value: bytes | str | None) -> str:
    return value.decode() if isinstance(value, bytes) else value or ""
