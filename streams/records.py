"""What goes out to Kafka: tagged articles, alerts, audit entries and dead letters as records."""

from datetime import UTC, datetime

import msgspec

from alerts.alert import Alert, RuleRef, shortened
from alerts.delivery.answer import Result
from alerts.outcome import Outcome
from alerts.silences import SilenceRef
from processors.article import TimeBasis
from processors.counts import ToCount
from processors.matcher import Mention
from processors.tags import ActorTag, TopicTag
from streams.codec import BadArticleError, content_digest

Headers = list[tuple[str, bytes]]
_encoder = msgspec.json.Encoder()

MOST_MENTIONS = 1_000
"""A tagged article carries no more mentions than these, its first, so that it stays below what a broker takes."""


class OutRecord(msgspec.Struct, frozen=True):
    """A record for a Kafka topic."""

    topic: str
    key: bytes
    value: bytes
    headers: Headers


class TaggedRecord(msgspec.Struct, frozen=True):
    """A tagged article as it stands on Kafka: its tags and mentions, not its body."""

    id: str
    version: str
    story: str
    url: str
    title: str
    lang: str
    source: str
    published_at: float
    time_basis: TimeBasis
    actors: tuple[ActorTag, ...]
    topics: tuple[TopicTag, ...]
    mentions: tuple[Mention, ...]


class HeldBack(msgspec.Struct, frozen=True, tag_field="type", tag="held_back"):
    """An alert that was not let out, and why; `silence` is the one that held it back."""

    id: str
    reason: Outcome
    kind: str
    rule: RuleRef
    group: tuple[str, ...]
    pair: tuple[str, str] | None
    article_id: str
    story: str
    time: float
    silence: SilenceRef | None = None


class Attempt(msgspec.Struct, frozen=True):
    """One attempt to deliver: when, how long it took, and what came back."""

    at: float
    seconds: float
    status: int | None
    answer: str


class Delivered(msgspec.Struct, frozen=True, tag_field="type", tag="delivered"):
    """An alert that a receiver was told of, or could not be: what was sent last, where to, and every answer."""

    id: str
    receiver: str
    to: str
    result: Result
    rule: RuleRef
    group: tuple[str, ...]
    sent: str
    attempts: tuple[Attempt, ...]
    time: float


AuditEntry = HeldBack | Delivered


class Held(msgspec.Struct, frozen=True):
    """Why an alert was held back, and for which article, if for one."""

    reason: Outcome
    silence: SilenceRef | None
    article_id: str = ""


def tagged_record(topic: str, item: ToCount) -> OutRecord:
    """Return the record of a tagged article, keyed by its id."""
    tagged, article = item.tagged, item.tagged.article
    value = TaggedRecord(
        id=article.id,
        version=article.version,
        story=item.story,
        url=article.url,
        title=shortened(article.title),
        lang=article.lang,
        source=article.source,
        published_at=article.published_at,
        time_basis=article.time_basis,
        actors=tagged.actors,
        topics=tagged.topics,
        mentions=tagged.mentions[:MOST_MENTIONS],
    )
    return OutRecord(topic, article.id.encode(), _encoder.encode(value), [])


def audit_record(topic: str, key: bytes, alert: Alert, held: Held) -> OutRecord:
    """Return the record of an alert held back, keyed by its rule's group."""
    entry = HeldBack(
        id=alert.id,
        reason=held.reason,
        kind=alert.kind,
        rule=alert.rule,
        group=alert.group,
        pair=alert.pair,
        article_id=held.article_id,
        story=alert.story,
        time=alert.time.event,
        silence=held.silence,
    )
    return OutRecord(topic, key, _encoder.encode(entry), [])


def alert_record(topic: str, key: bytes, alert: Alert) -> OutRecord:
    """Return the record of an alert, with CloudEvents 1.0 attributes in its headers (Kafka binding, binary mode)."""
    detected = datetime.fromtimestamp(alert.time.detected, UTC).isoformat().replace("+00:00", "Z")
    attributes = {
        "ce_specversion": "1.0",
        "ce_id": alert.id,
        "ce_source": f"/marsad/rules/{alert.rule.id}",
        "ce_type": "marsad.alert",
        "ce_subject": key.decode(),
        "ce_time": detected,
        "content-type": "application/json",
    }
    headers = [(name, value.encode()) for name, value in attributes.items()]
    return OutRecord(topic, key, _encoder.encode(alert), headers)


def dead_letter(topic: str, origin: tuple[str, int, int], raw: bytes, error: BadArticleError, limit: int) -> OutRecord:
    """Return the record of a message that is no article, cut to `limit` bytes; its headers say why and whence."""
    source, partition, offset = origin
    headers = {
        "reason": error.reason,
        "detail": error.detail[:500],
        "source-topic": source,
        "source-partition": str(partition),
        "source-offset": str(offset),
        "digest": content_digest(raw),
        "size": str(len(raw)),
    }
    encoded = [(name, value.encode("utf-8", "replace")) for name, value in headers.items()]
    return OutRecord(topic, f"{source}-{partition}-{offset}".encode(), raw[:limit], encoded)
