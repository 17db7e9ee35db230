"""What every kind of watch rule says of itself."""

from enum import StrEnum
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from alerts.kinds.memory import Memory


class Remembered(StrEnum):
    """What a kind's script keeps in Redis; the value begins the key's name."""

    STATE = "state"
    ARTICLE = "article"
    STORY = "story"
    WINDOW = "window"
    RULE = "rule"


DECIDED = (Remembered.STATE, Remembered.ARTICLE, Remembered.STORY)
"""What it takes to decide once for each article of a group."""


class BaseKind(BaseModel):
    """What a rule says about time; `name` is its script's, `keys` are those of an item in the script's order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: ClassVar[str]
    keys: ClassVar[tuple[Remembered, ...]]

    @property
    def span(self) -> float:
        """Return how far back in event time its decisions look, in seconds."""
        return 0.0

    def asks(self) -> dict[str, float]:
        """Return what its script has to know of the rule."""
        return {}

    def condition(self, count: str) -> str:  # noqa: ARG002 - what the kinds with windows count
        """Return what it says about time, as a condition; nothing when it says nothing."""
        return ""

    def stands(self, memory: Memory, count: str, at: float) -> str:  # noqa: ARG002 - what the kinds with windows tell
        """Return how it stands with a group before an article of the time `at`, in words."""
        return ""
