"""Durations: `15m` where people write them, seconds everywhere else."""

import re
from typing import Annotated, Final

from pydantic import BeforeValidator, WithJsonSchema

_SECONDS: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, "w": 604800.0}
_DURATION: Final = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d|w)")

_AT_LEAST: Final = {"d": 2 * 86400.0, "h": 3600.0, "m": 60.0}
"""From where on a unit is used for writing: 24h, but 2d."""

HOUR: Final = 3600.0
DAY: Final = 86400.0


def parse_duration(text: object) -> float:
    """Read `90s`, `15m`, `24h`, `7d`, `2w` or a sum such as `1h30m` as seconds; raise ValueError otherwise."""
    if isinstance(text, int | float) and not isinstance(text, bool):
        return float(text)
    parts = _DURATION.findall(str(text).strip())
    if not parts or "".join(number + unit for number, unit in parts) != str(text).strip():
        message = f"{text!r} is not a duration; write a number and a unit, such as 90s, 15m, 24h or 7d"
        raise ValueError(message)
    return sum(float(number) * _SECONDS[unit] for number, unit in parts)


def format_duration(seconds: float) -> str:
    """Write seconds the way people do: the largest unit that leaves a whole number."""
    for unit in ("d", "h", "m", "s"):
        if seconds % _SECONDS[unit] == 0 and seconds >= _AT_LEAST.get(unit, 1):
            return f"{int(seconds // _SECONDS[unit])}{unit}"
    return f"{seconds:g}s"


Duration = Annotated[
    float,
    BeforeValidator(parse_duration),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": r"^(\d+(\.\d+)?(ms|s|m|h|d|w))+$"}, {"type": "number"}]}),
]
