"""The kinds of watch rules, as they are written: what each says about time."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from processors.durations import DAY, Duration


class _Kind(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Match(_Kind):
    """Fire for every article that fits, once for each story."""


class Threshold(_Kind):
    """Fire when enough fits within a sliding window."""

    threshold: Annotated[int, Field(ge=2, le=10_000, description="How many stories (or what `count` says) it takes")]
    window: Annotated[Duration, Field(gt=0, description="Within how long, in event time")] = DAY


class New(_Kind):
    """Fire when a group fits that has not for a period."""

    new: Annotated[Duration, Field(gt=0, description="How long a group must not have been seen, in event time")]
    learning: Annotated[
        Duration | None, Field(ge=0, description="How long a rule only learns which groups there are; default: `new`")
    ] = None


class Absence(_Kind):
    """Fire when fewer than expected fits for a period, while the stream itself is alive."""

    absence: Annotated[Duration, Field(gt=0, description="For how long, in event time")]
    fewer_than: Annotated[int, Field(ge=1, le=10_000, description="How many are too few")] = 1


Kind = Match | Threshold | New | Absence
