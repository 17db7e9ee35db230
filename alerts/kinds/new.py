"""New: a group that was not seen for a period of event time.

A rule begins where the watermark stood when a worker first had it, or with its first article, whichever comes first;
until it has run for its learning time it fires nothing.
"""

from typing import Annotated, ClassVar

from pydantic import Field

from alerts.kinds.base import DECIDED, BaseKind, Remembered
from alerts.kinds.memory import Memory, moment
from processors.durations import Duration, format_duration


class New(BaseKind):
    """Fire when a group fits that has not for a period."""

    name: ClassVar[str] = "new"
    keys: ClassVar[tuple[Remembered, ...]] = (*DECIDED, Remembered.RULE)

    new: Annotated[Duration, Field(gt=0, description="How long a group must not have been seen, in event time")]
    learning: Annotated[
        Duration | None, Field(ge=0, description="How long a rule only learns which groups there are; default: `new`")
    ] = None

    @property
    def span(self) -> float:
        """Return how long it has to remember a group, and its own beginning."""
        return max(self.new, self.learns)

    @property
    def learns(self) -> float:
        """Return how long it only learns."""
        return self.new if self.learning is None else self.learning

    def asks(self) -> dict[str, float]:
        """Return how long a group must have been away, and how long the rule learns."""
        return {"new": self.new, "learning": self.learns}

    def condition(self, count: str) -> str:  # noqa: ARG002 - one is enough
        """Return how long the group was away, in words."""
        return f"not seen for {format_duration(self.new)}"

    def stands(self, memory: Memory, count: str, at: float) -> str:  # noqa: ARG002 - one is enough
        """Return when the group was seen last, and until when the rule learns if that is after the time `at`."""
        seen = "never seen" if memory.seen is None else f"last seen at {moment(memory.seen)}"
        if memory.began is None:
            return f"{seen}; the rule has not begun"
        learnt = memory.began + self.learns
        return f"{seen}; learning until {moment(learnt)}" if at < learnt else seen
