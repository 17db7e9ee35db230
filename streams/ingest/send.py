"""Articles to Kafka: checked, keyed by their id, acknowledged by the broker."""

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import msgspec
from kafka import KafkaProducer
from kafka.errors import KafkaError

from processors.errors import ServiceError
from streams.codec import BadArticleError, WireArticle, decode, encode
from streams.ingest.files import Found
from streams.servers import kafka_config, locate
from streams.settings import Settings
from streams.topics import ENVELOPE, KafkaTopics


class Summary(msgspec.Struct):
    """What came of sending."""

    sent: int = 0
    problems: list[str] = msgspec.field(default_factory=list)


def send(settings: Settings, articles: Iterable[Found], sent: Callable[[], object]) -> Summary:
    """Send articles and wait until the broker has them all; what is no article is reported; raise ServiceError."""
    topic = KafkaTopics.of(settings).articles
    summary = Summary()
    failures: list[BaseException] = []
    try:
        producer = _producer(settings)
        try:
            for where, article in articles:
                record = _record(article, settings.article_max_bytes)
                if isinstance(record, str):
                    summary.problems.append(f"{where}: {record}")
                    continue
                producer.send(topic, key=record[0], value=record[1]).add_errback(failures.append)
                summary.sent += 1
                sent()
            producer.flush()
        finally:
            producer.close()
    except KafkaError as error:
        failures.append(error)
    if failures:
        message = f"Kafka did not take the articles: {failures[0]!r}; when it is up again, send them once more"
        raise ServiceError(message) from failures[0]
    return summary


def shift_to_now(articles: list[Found], within: float | None) -> list[Found]:
    """Move articles so that the newest is of now, spacing kept; squeezed so that all lie within so many seconds."""
    times = [_published(article) for _, article in articles]
    known = [moment for moment in times if moment is not None]
    if not known:
        return articles
    newest, span, now = max(known), max(known) - min(known), time.time()
    scale = min(1.0, within / span) if within and span else 1.0
    return [
        (where, article)
        if moment is None or isinstance(article, str)
        else (where, msgspec.structs.replace(article, published_at=_written(now - (newest - moment) * scale)))
        for (where, article), moment in zip(articles, times, strict=True)
    ]


def _producer(settings: Settings) -> Any:  # noqa: ANN401 - kafka-python is untyped
    return KafkaProducer(
        **kafka_config(settings, locate(settings).kafka),
        acks="all",
        compression_type="gzip",
        linger_ms=20,
        max_request_size=settings.article_max_bytes + ENVELOPE,
    )


def _record(article: WireArticle | str, limit: int) -> tuple[bytes, bytes] | str:
    if isinstance(article, str):
        return article
    raw = encode(article)
    try:
        return decode(raw, time.time(), limit).id.encode(), raw
    except BadArticleError as error:
        return str(error)


def _published(article: WireArticle | str) -> float | None:
    if isinstance(article, str) or not article.published_at:
        return None
    try:
        return msgspec.convert(article.published_at, datetime).timestamp()
    except msgspec.ValidationError:
        return None


def _written(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
