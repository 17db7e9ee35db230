"""The kinds of watch rules: what each says about time."""

from alerts.kinds.absence import Absence
from alerts.kinds.match import Match
from alerts.kinds.new import New
from alerts.kinds.threshold import Threshold

Kind = Match | Threshold | New | Absence

__all__ = ["Absence", "Kind", "Match", "New", "Threshold"]
