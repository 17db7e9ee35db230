"""Signatures of webhooks, as Standard Webhooks has them: HMAC-SHA256 over the id, the time and the body."""

import hmac
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256


def signed_headers(delivery: str, body: bytes, keys: Iterable[bytes], now: float) -> dict[str, str]:
    """Return the headers that say which delivery a body is and, for each key, that it comes from who holds it."""
    timestamp = str(int(now))
    content = f"{delivery}.{timestamp}.".encode() + body
    return {
        "webhook-id": delivery,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(f"v1,{_signature(key, content)}" for key in keys),
    }


def _signature(key: bytes, content: bytes) -> str:
    return b64encode(hmac.digest(key, content, sha256)).decode()
