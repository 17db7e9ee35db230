"""Threshold: enough within a sliding window of event time.

A window belongs to a group and ends at the newest event time seen there, so it never moves back. A story, article or
source is within it when any of its articles is. Up to ten minutes the window may be ahead of the clock: what claims
more was given the time of its arrival when it was read.
"""

from typing import Annotated, ClassVar

from pydantic import Field

from alerts.kinds.base import DECIDED, BaseKind, Remembered
from alerts.kinds.memory import Memory, moment
from processors.durations import DAY, Duration, format_duration


class Threshold(BaseKind):
    """Fire when enough fits within a sliding window."""

    name: ClassVar[str] = "threshold"
    keys: ClassVar[tuple[Remembered, ...]] = (*DECIDED, Remembered.WINDOW)

    threshold: Annotated[int, Field(ge=2, le=10_000, description="How many stories (or what `count` says) it takes")]
    window: Annotated[Duration, Field(gt=0, description="Within how long, in event time")] = DAY

    @property
    def span(self) -> float:
        """Return the window."""
        return self.window

    def asks(self) -> dict[str, float]:
        """Return how many it takes within how long."""
        return {"threshold": self.threshold, "window": self.window}

    def condition(self, count: str) -> str:
        """Return how many it takes within how long, in words."""
        return f"at least {self.threshold} {count} within {format_duration(self.window)}"

    def stands(self, memory: Memory, count: str, at: float) -> str:
        """Return how many the window holds that an article of that time would come to."""
        end = max((at, *memory.times[:1]))
        held = sum(time > end - self.window for time in memory.times)
        return f"{held} of {self.threshold} {count} in the {format_duration(self.window)} up to {moment(end)}"
