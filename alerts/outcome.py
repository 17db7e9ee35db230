"""What comes of judging."""

from enum import StrEnum
from typing import Final


class Outcome(StrEnum):
    """What judging a rule decided for an article, or for a period in which too little came."""

    FIRED = "fired"
    STORY = "story"
    COOLDOWN = "cooldown"
    TOO_OLD = "too_old"
    SILENCED = "silenced"
    LEARNING = "learning"
    BELOW = "below"
    KNOWN = "known"
    LATE = "late"
    COUNTED = "counted"


HELD_BACK: Final = frozenset({Outcome.STORY, Outcome.COOLDOWN, Outcome.TOO_OLD, Outcome.SILENCED, Outcome.LEARNING})
"""Where there would have been an alert; of the others there was none to hold back."""
