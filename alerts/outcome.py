"""What judging decides."""

from enum import StrEnum


class Outcome(StrEnum):
    """What judging a rule decided for an article."""

    FIRED = "fired"
    STORY = "story"
    COOLDOWN = "cooldown"
    TOO_OLD = "too_old"
