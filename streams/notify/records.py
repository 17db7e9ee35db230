"""What the notifier writes to Kafka: what was delivered, and dead letters."""

from typing import NamedTuple

import msgspec

from streams.records import Delivered, OutRecord

_encoder = msgspec.json.Encoder()


class Origin(NamedTuple):
    """Where a record of an alert stood."""

    topic: str
    partition: int
    offset: int


class Undelivered(NamedTuple):
    """Why a receiver was not told of an alert."""

    receiver: str
    reason: str
    detail: str


def delivered_record(topic: str, key: bytes, delivered: Delivered) -> OutRecord:
    """Return the audit's record of a delivery, keyed as its alert is."""
    return OutRecord(topic, key, _encoder.encode(delivered), [])


def undelivered_record(topic: str, origin: Origin, raw: bytes, why: Undelivered) -> OutRecord:
    """Return the dead letter of an alert that a receiver was not told of; its headers say why and whence."""
    headers = {
        "reason": why.reason,
        "detail": why.detail[:500],
        "receiver": why.receiver,
        "source-topic": origin.topic,
        "source-partition": str(origin.partition),
        "source-offset": str(origin.offset),
    }
    encoded = [(name, value.encode("utf-8", "replace")) for name, value in headers.items()]
    key = f"{why.receiver}-{origin.topic}-{origin.partition}-{origin.offset}"
    return OutRecord(topic, key.encode(), raw, encoded)
