"""An alert that tests a receiver."""

from alerts.alert import Alert, AlertTime, RuleRef
from alerts.rule import Why
from alerts.severity import Severity
from processors.article import TimeBasis, digest


def alert_to_test(receiver: str, now: float) -> Alert:
    """Return an alert that says that it is a test of a receiver; another every second."""
    return Alert(
        id=digest("test", receiver, str(int(now))),
        kind="test",
        rule=RuleRef("marsad-test", "test", Severity.INFO),
        group=(),
        actors=(),
        topics=(),
        summary="This is a test by Marsad; nothing has happened",
        title="",
        story="",
        time=AlertTime(now, TimeBasis.KAFKA, now),
        why=Why(f"receiver {receiver} is tested", passed=True),
        evidence=(),
    )
