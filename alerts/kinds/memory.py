"""What a rule remembers of a group, as its kind puts it into words."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple


class Memory(NamedTuple):
    """What lies in Redis of a rule and a group, all times in seconds; None where nothing does."""

    times: Sequence[float] = ()
    """When each member of the window came last, the newest first; no more are kept than decide."""
    seen: float | None = None
    began: float | None = None
    since: float | None = None
    judged: float | None = None
    """The watermark that absences were judged at last."""
    alive: float | None = None


def moment(time: float) -> str:
    """Write a time the way people read it, to the second."""
    return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
