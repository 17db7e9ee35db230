"""How much an alert matters."""

from enum import StrEnum


class Severity(StrEnum):
    """How much an alert matters."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"
