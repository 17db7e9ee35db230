"""Absence: fewer than expected for a period, judged at the watermark while the stream is alive.

A silence begins when the last of enough came, or when the rule or the stream did if that was later, and ends when
there is enough within a period again. It fires when it has lasted for a period, and again after each further one.
"""

from typing import Annotated, ClassVar

from pydantic import Field

from alerts.kinds.base import BaseKind, Remembered
from alerts.kinds.memory import Memory, moment
from processors.durations import Duration, format_duration


class Absence(BaseKind):
    """Fire when fewer than expected fits for a period, while the stream itself is alive."""

    name: ClassVar[str] = "absence"
    keys: ClassVar[tuple[Remembered, ...]] = (Remembered.WINDOW,)

    absence: Annotated[Duration, Field(gt=0, description="For how long, in event time")]
    fewer_than: Annotated[int, Field(ge=1, le=10_000, description="How many are too few")] = 1

    @property
    def span(self) -> float:
        """Return the period."""
        return self.absence

    def asks(self) -> dict[str, float]:
        """Return how many are too few within how long."""
        return {"absence": self.absence, "fewer_than": self.fewer_than}

    def condition(self, count: str) -> str:
        """Return how many are too few within how long, in words."""
        return f"fewer than {self.fewer_than} {count} within {format_duration(self.absence)}"

    def stands(self, memory: Memory, count: str, at: float) -> str:  # noqa: ARG002 - the watermark is its clock
        """Return how many came in the period before the watermark, and since when there are too few."""
        if memory.judged is None or memory.began is None:
            return "no worker has watched for it yet"
        held = sum(time > memory.judged - self.absence for time in memory.times)
        found = (
            f"{held} of {self.fewer_than} {count} in the {format_duration(self.absence)} up to {moment(memory.judged)}"
        )
        enough = memory.times[self.fewer_than - 1 : self.fewer_than]
        anchor = max(memory.began, memory.alive or 0.0, *enough)
        if memory.judged < anchor + self.absence:
            return f"{found}; a silence would have begun at {moment(anchor)}"
        return f"{found}; silent since {moment(anchor if memory.since is None else memory.since)}"
