"""Delivering by HTTP."""

import asyncio
import ssl
from typing import Final

import httpx

from alerts.alert import Alert
from alerts.delivery.answer import Answer, Verdict, verdict_of
from alerts.delivery.receivers import host_of
from alerts.delivery.requests import AnyWebReceiver, Request, request_to
from alerts.delivery.secret import masked
from processors.errors import ConfigError
from streams.notify.sender import Sent

_FIRST_BYTES: Final = 300
"""So much of an answer is read and told."""


class WebSender:
    """Posts to a receiver; redirects are not followed, since what is signed and secret is meant for one host."""

    def __init__(self, receiver: AnyWebReceiver, user_agent: str) -> None:
        self.to = host_of(receiver)
        self._receiver = receiver
        self._secrets = receiver.secrets()
        self._client = httpx.AsyncClient(
            headers={"user-agent": user_agent}, timeout=receiver.timeout, verify=_trusted(receiver)
        )

    async def send(self, alert: Alert, now: float) -> Sent:
        """Post an alert once."""
        request = request_to(self._receiver, alert, now)
        return Sent(request.body.decode(), await self._answer(request))

    async def close(self) -> None:
        """Let go of connections."""
        await self._client.aclose()

    async def _answer(self, request: Request) -> Answer:
        try:
            async with asyncio.timeout(self._receiver.timeout):
                return await self._post(request)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as error:
            detail = f"{type(error).__name__}: {error}".removesuffix(": ")
            return Answer(Verdict.AGAIN, detail=masked(detail, self._secrets))

    async def _post(self, request: Request) -> Answer:
        async with self._client.stream("POST", request.url, content=request.body, headers=request.headers) as response:
            said = await _beginning(response)
            return Answer(
                verdict_of(response.status_code), response.status_code, masked(said, self._secrets), _later(response)
            )


async def _beginning(response: httpx.Response) -> str:
    read = b""
    async for part in response.aiter_bytes(_FIRST_BYTES):
        read += part
        if len(read) >= _FIRST_BYTES:
            break
    return read[:_FIRST_BYTES].decode("utf-8", "replace").strip()


def _later(response: httpx.Response) -> float | None:
    written = response.headers.get("retry-after", "")
    return float(written) if written.isdecimal() else None


def _trusted(receiver: AnyWebReceiver) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=str(receiver.ca_file) if receiver.ca_file else None)
    except OSError as error:  # TLS's errors are of these
        message = f"receiver {receiver.name}: ca_file: {receiver.ca_file} cannot be used: {error}"
        raise ConfigError(message) from error
