"""What delivers to a receiver."""

from typing import NamedTuple, Protocol

from alerts.alert import Alert
from alerts.delivery.answer import Answer


class Sent(NamedTuple):
    """What was sent, and what came back."""

    body: str
    answer: Answer


class Sender(Protocol):
    """Delivers to one receiver, by HTTP or through Apprise; `to` says where to, without secrets."""

    to: str

    async def send(self, alert: Alert, now: float) -> Sent:
        """Try once to tell the receiver of an alert; errors are answers."""

    async def close(self) -> None:
        """Let go of connections."""
