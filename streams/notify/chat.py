"""Delivering through Apprise: chat, mail, telephones and a hundred services more."""

import asyncio
import re
from typing import Final

import apprise

from alerts.alert import Alert
from alerts.delivery.answer import Answer, Verdict, verdict_of
from alerts.delivery.message import Message, message_of
from alerts.delivery.receivers import AppriseReceiver
from alerts.severity import Severity
from processors.errors import ConfigError
from streams.notify.sender import Sent
from streams.notify.thread import OneThread, StillBusyError

_STATUS: Final = re.compile(r"\berror=(\d{3})\b")
_LOOKS: Final = {
    Severity.INFO: apprise.NotifyType.INFO,
    Severity.LOW: apprise.NotifyType.INFO,
    Severity.MEDIUM: apprise.NotifyType.WARNING,
    Severity.HIGH: apprise.NotifyType.WARNING,
    Severity.CRITICAL: apprise.NotifyType.FAILURE,
}


class AppriseSender:
    """Sends in words through one service; of what Apprise logs, which may hold secrets, only an HTTP status is told."""

    def __init__(self, receiver: AppriseReceiver) -> None:
        self._timeout = receiver.timeout
        asset = apprise.AppriseAsset(app_id="Marsad", async_mode=False, service_timeout=0)
        self._apprise = apprise.Apprise(asset=asset)
        if not self._apprise.add(receiver.url.get_secret_value()):
            message = (
                f"receiver {receiver.name}: url: Apprise cannot use it; https://appriseit.com tells how they are made"
            )
            raise ConfigError(message)
        self.to = str(self._apprise[0].service_name)
        self._thread = OneThread(f"apprise {receiver.name}")

    async def send(self, alert: Alert, now: float) -> Sent:  # noqa: ARG002 - services have the time of their own
        """Send an alert once."""
        message = message_of(alert)
        return Sent("\n\n".join(message), await self._answer(message, _LOOKS[alert.rule.severity]))

    async def close(self) -> None:
        """Hold nothing: each message has a connection of its own."""

    async def _answer(self, message: Message, looks: apprise.NotifyType) -> Answer:
        try:
            async with asyncio.timeout(self._timeout):
                return await self._thread.run(lambda: self._notify(message, looks))
        except TimeoutError:
            return Answer(Verdict.AGAIN, detail="no answer in time")
        except StillBusyError:
            return Answer(Verdict.AGAIN, detail="the attempt before has not ended yet")
        except Exception as error:  # noqa: BLE001 - whatever a service's plugin raises, others go on
            return Answer(Verdict.AGAIN, detail=type(error).__name__)

    def _notify(self, message: Message, looks: apprise.NotifyType) -> Answer:
        result = self._apprise.notify(
            body=message.body, title=message.title, notify_type=looks, body_format=apprise.NotifyFormat.TEXT
        )
        if result:
            return Answer(Verdict.ACCEPTED, detail="accepted")
        told = [found for entry in result.logs() for found in _STATUS.findall(entry.message)]
        status = int(told[-1]) if told else None
        return Answer(verdict_of(status) if status else Verdict.AGAIN, status, "not accepted")
