"""What receivers answer, and what follows from it."""

from enum import StrEnum
from http import HTTPStatus
from typing import Final

import msgspec

_LATER: Final = frozenset(
    {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
)


class Verdict(StrEnum):
    """What an answer means."""

    ACCEPTED = "accepted"
    AGAIN = "again"
    REFUSED = "refused"


class Result(StrEnum):
    """What became of an alert at a receiver."""

    DELIVERED = "delivered"
    REFUSED = "refused"
    GIVEN_UP = "given_up"
    FILTERED = "filtered"
    REPEATED = "repeated"
    UNREADABLE = "unreadable"


class Answer(msgspec.Struct, frozen=True):
    """What a receiver answered: an HTTP status if there was one, its words or the error, and when to come again."""

    verdict: Verdict
    status: int | None = None
    detail: str = ""
    after: float | None = None


def verdict_of(status: int) -> Verdict:
    """Return what an HTTP status means: no other attempt mends a redirect or a fault of the sender."""
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Verdict.ACCEPTED
    return Verdict.AGAIN if status in _LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR else Verdict.REFUSED
