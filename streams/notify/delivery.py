"""Delivering one alert to one receiver: attempt by attempt, until it is accepted, refused or given up."""

import asyncio
import logging
import random
import time
from collections.abc import Sequence

from alerts.alert import Alert
from alerts.delivery.answer import Answer, Result, Verdict
from alerts.delivery.pauses import pause
from alerts.delivery.receivers import Receiver
from streams.notify.metrics import NotifierMetrics
from streams.notify.sender import Sender, Sent
from streams.records import Attempt, Delivered

LOG = logging.getLogger(__name__)
_RESULTS = {Verdict.ACCEPTED: Result.DELIVERED, Verdict.REFUSED: Result.REFUSED, Verdict.AGAIN: Result.GIVEN_UP}


class Delivery:
    """Delivers to one receiver."""

    def __init__(self, receiver: Receiver, sender: Sender, metrics: NotifierMetrics) -> None:
        self._receiver = receiver
        self._sender = sender
        self._metrics = metrics

    async def run(self, alert: Alert) -> Delivered:
        """Deliver an alert; return what was sent and every answer."""
        attempts: list[Attempt] = []
        retries, name = self._receiver.retries, self._receiver.name
        while True:
            sent = await self._attempt(alert, attempts)
            if sent.answer.verdict is not Verdict.AGAIN or len(attempts) >= retries.attempts:
                return self._told(alert, sent, attempts)
            wait = pause(retries, len(attempts), random.random(), sent.answer.after)  # noqa: S311 - no secret
            LOG.info("receiver %s: %s; again in %.1f s", name, _said(sent.answer), wait)
            await asyncio.sleep(wait)
            self._metrics.retries.labels(name).inc()

    async def _attempt(self, alert: Alert, attempts: list[Attempt]) -> Sent:
        at, begun = time.time(), time.perf_counter()
        sent = await self._sender.send(alert, at)
        seconds = time.perf_counter() - begun
        self._metrics.attempt_seconds.labels(self._receiver.name).observe(seconds)
        attempts.append(Attempt(at, round(seconds, 6), sent.answer.status, sent.answer.detail))
        return sent

    def _told(self, alert: Alert, sent: Sent, attempts: Sequence[Attempt]) -> Delivered:
        name, result = self._receiver.name, _RESULTS[sent.answer.verdict]
        if result is Result.DELIVERED:
            self._metrics.latency_seconds.labels(name).observe(max(0.0, time.time() - alert.time.detected))
        else:
            LOG.warning(
                "receiver %s: alert %s is %s after %d attempts: %s",
                name, alert.id, result.replace("_", " "), len(attempts), _said(sent.answer),
            )  # fmt: skip
        return Delivered(
            id=alert.id,
            receiver=name,
            to=self._sender.to,
            result=result,
            rule=alert.rule,
            group=alert.group,
            sent=sent.body,
            attempts=tuple(attempts),
            time=attempts[-1].at,
        )


def _said(answer: Answer) -> str:
    return " ".join(str(part) for part in (answer.status, answer.detail) if part) or "no answer"
