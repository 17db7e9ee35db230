"""Bytes to articles, once, at the edge; what cannot be read says why."""

from datetime import datetime
from enum import StrEnum
from hashlib import blake2b
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from processors.article import LEEWAY, Article, TimeBasis, default_id, digest
from processors.detect import detect_language
from processors.durations import DAY
from processors.errors import InputError

IMPLAUSIBLE_FUTURE: Final = 366 * DAY


class Reason(StrEnum):
    """Why a message is not an article."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_UTF8 = "not_utf8"
    NOT_JSON = "not_json"
    TOO_DEEP = "too_deep"
    WRONG_TYPE = "wrong_type"
    NUL_BYTE = "nul_byte"
    NO_TEXT = "no_text"
    BAD_TIME = "bad_time"
    IMPLAUSIBLE_TIME = "implausible_time"
    BAD_URL = "bad_url"
    UNREADABLE = "unreadable"


class BadArticleError(InputError):
    """A message that is not an article, and why."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class WireArticle(msgspec.Struct, omit_defaults=True):
    """An article as it stands on Kafka; see docs/article.schema.json."""

    id: Annotated[str, Meta(max_length=512)] | None = None
    url: Annotated[str, Meta(max_length=8192)] | None = None
    title: str | None = None
    body: str | None = None
    lang: Annotated[str, Meta(max_length=35)] | None = None
    source: Annotated[str, Meta(max_length=512)] | None = None
    published_at: str | None = None


_decoder = msgspec.json.Decoder(WireArticle)
_encoder = msgspec.json.Encoder()


def encode(article: WireArticle) -> bytes:
    """Return an article as it goes to Kafka."""
    return _encoder.encode(article)


def content_digest(raw: bytes) -> str:
    """Return what tells one message's bytes from another's."""
    return blake2b(raw, digest_size=16).hexdigest()


def decode(raw: bytes | None, kafka_time: float, max_bytes: int) -> Article:
    """Read one message; raise BadArticleError that says why it cannot be."""
    wire = _parse(raw or b"", max_bytes)
    title, body, url = (wire.title or "").strip(), wire.body or "", (wire.url or "").strip()
    for name in WireArticle.__struct_fields__:
        if "\0" in (getattr(wire, name) or ""):
            raise BadArticleError(Reason.NUL_BYTE, f"{name} holds a NUL character")
    if not title and not body.strip():
        raise BadArticleError(Reason.NO_TEXT, "neither title nor body has text")
    published_at, basis = _time(wire.published_at, kafka_time)
    return Article(
        id=_identity(wire.id, url, title, body),
        url=url,
        title=wire.title or "",
        body=body,
        lang=(wire.lang or "").strip().lower() or detect_language(title, body),
        source=(wire.source or "").strip(),
        published_at=published_at,
        time_basis=basis,
        version=digest(title, body),
    )


def decode_line(line: bytes, where: str, now: float, max_bytes: int) -> Article:
    """Read one line of a file; raise InputError that says where it stands and why it cannot be."""
    try:
        return decode(line, now, max_bytes)
    except BadArticleError as error:
        message = f"{where}: {error.reason}: {error.detail}"
        raise InputError(message) from error


def _parse(raw: bytes, max_bytes: int) -> WireArticle:
    if not raw.strip():
        raise BadArticleError(Reason.EMPTY, "there is nothing in it")
    if len(raw) > max_bytes:
        raise BadArticleError(Reason.TOO_LARGE, f"{len(raw):,} bytes; MARSAD_ARTICLE_MAX_BYTES allows {max_bytes:,}")
    try:
        raw.decode("utf-8")
        return _decoder.decode(raw)
    except UnicodeDecodeError as error:
        raise BadArticleError(Reason.NOT_UTF8, f"byte {error.start} is not UTF-8") from error
    except msgspec.ValidationError as error:
        raise BadArticleError(Reason.WRONG_TYPE, str(error)) from error
    except RecursionError as error:
        raise BadArticleError(Reason.TOO_DEEP, "it is nested too deeply to be an article") from error
    except ValueError as error:
        raise BadArticleError(Reason.NOT_JSON, str(error)) from error


def _identity(given: str | None, url: str, title: str, body: str) -> str:
    try:
        return (given or "").strip() or default_id(url, title, body)
    except ValueError as error:
        raise BadArticleError(Reason.BAD_URL, f"{url[:200]!r} is not a URL: {error}") from error


def _time(written: str | None, kafka_time: float) -> tuple[float, TimeBasis]:
    if not (written or "").strip():
        return kafka_time, TimeBasis.KAFKA
    try:
        moment = msgspec.convert(str(written).strip(), datetime)
    except msgspec.ValidationError as error:
        raise BadArticleError(Reason.BAD_TIME, f"published_at {str(written)[:60]!r} is not RFC 3339") from error
    if moment.tzinfo is None:
        raise BadArticleError(Reason.BAD_TIME, f"published_at {written!r} has no offset; end it with Z or +hh:mm")
    published_at = moment.timestamp()
    if published_at > kafka_time + IMPLAUSIBLE_FUTURE:
        raise BadArticleError(Reason.IMPLAUSIBLE_TIME, f"published_at {written!r} is more than a year ahead")
    if published_at > kafka_time + LEEWAY:
        return kafka_time, TimeBasis.KAFKA
    return published_at, TimeBasis.PUBLISHED
