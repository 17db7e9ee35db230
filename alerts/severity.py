"""How much an alert matters."""

from enum import StrEnum


class Severity(StrEnum):
    """How much an alert matters, the least first."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    def at_least(self, other: "Severity") -> bool:
        """Tell whether it matters as much as another, or more."""
        ranks = [*Severity]
        return ranks.index(self) >= ranks.index(other)
