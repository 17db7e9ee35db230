"""A decision: what came of a rule for an article or for a period."""

import msgspec

from alerts.alert import Alert
from alerts.outcome import Outcome
from alerts.rule import Rule
from alerts.silences import SilenceRef

_silence = msgspec.json.Decoder(SilenceRef)


class Decision(msgspec.Struct, frozen=True):
    """What was decided for one group of one rule, with the alert that was let out or held back.

    `found` is how many a window held when they were too few; of what is only counted there is no alert.
    """

    rule: Rule
    group: tuple[str, ...]
    article_id: str
    outcome: Outcome
    alert: Alert | None = None
    found: int | None = None
    silence: SilenceRef | None = None


def outcome_of(answer: bytes) -> tuple[Outcome, int | None, SilenceRef | None]:
    """Read what a script answered: the outcome, how many were found, and the silence."""
    word, _, detail = answer.partition(b":")
    outcome = Outcome(word.decode())
    silence = _silence.decode(detail) if outcome is Outcome.SILENCED else None
    return outcome, int(detail) if outcome is Outcome.BELOW else None, silence
