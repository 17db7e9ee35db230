"""Match: every article that fits, once for each story."""

from typing import ClassVar

from alerts.kinds.base import DECIDED, BaseKind, Remembered


class Match(BaseKind):
    """Fire for every article that fits, once for each story."""

    name: ClassVar[str] = "match"
    keys: ClassVar[tuple[Remembered, ...]] = DECIDED
