"""Articles from the web: pages and feeds, fetched politely."""

import calendar
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import httpx
import trafilatura

from processors.errors import InputError, ServiceError
from streams.codec import WireArticle
from streams.settings import Settings

LARGEST = 10 * 1024 * 1024
TIMEOUT = 20.0
NOT_MODIFIED = 304


def article_in_page(raw: bytes, url: str) -> WireArticle | str:
    """Return the article of an HTML page, or what is wrong with it."""
    document = trafilatura.bare_extraction(raw, url=url or None, with_metadata=True)
    if document is None or isinstance(document, dict) or not document.text:
        return "no article was found in the page"
    return WireArticle(
        url=document.url or url or None,
        title=document.title,
        body=document.text,
        source=document.sitename or document.hostname or None,
        published_at=f"{document.date}T00:00:00Z" if document.date else None,
    )


def articles_in_feed(raw: bytes) -> Iterator[WireArticle]:
    """Yield the entries of an RSS or Atom feed; raise InputError when it is neither."""
    feed = feedparser.parse(raw)
    if not feed.version and not feed.entries:
        message = f"not a feed: {feed.get('bozo_exception', 'neither RSS nor Atom')}"
        raise InputError(message)
    source = feed.feed.get("title") or None
    for entry in feed.entries:
        link = entry.get("link")
        yield WireArticle(
            url=link,
            id=None if link else entry.get("id"),
            title=_plain(entry.get("title", "")),
            body=_plain(_content(entry)),
            lang=(feed.feed.get("language") or "")[:2].lower() or None,
            source=source or (httpx.URL(link).host if link else None),
            published_at=_moment(entry.get("published_parsed") or entry.get("updated_parsed")),
        )


class WebClient:
    """Fetches what has changed since what it fetched last was kept: ETags and Last-Modified stand in a file."""

    def __init__(self, settings: Settings) -> None:
        self._memory = settings.home / "fetched.json"
        self._fetched: dict[str, dict[str, str]] = {}
        self._client = httpx.Client(headers={"User-Agent": settings.user_agent}, timeout=TIMEOUT, follow_redirects=True)

    def articles_at(self, url: str) -> Iterator[tuple[str, WireArticle | str]]:
        """Yield the articles at a URL, a feed or a page; none when it has not changed; raise ServiceError."""
        kind, raw = self._fetch(url)
        if raw is None:
            return
        if "html" in kind and not raw.lstrip()[:200].lower().startswith((b"<?xml", b"<rss", b"<feed")):
            yield url, article_in_page(raw, url)
            return
        for number, article in enumerate(articles_in_feed(raw), 1):
            yield f"{url}#{number}", article

    def _fetch(self, url: str) -> tuple[str, bytes | None]:
        known = self._known().get(url, {})
        try:
            with self._client.stream("GET", url, headers=known) as response:
                if response.status_code == NOT_MODIFIED:
                    return "", None
                response.raise_for_status()
                raw = _bounded(response)
                self._fetched[url] = _validators(response.headers)
                return response.headers.get("content-type", ""), raw
        except httpx.HTTPError as error:
            message = f"{url}: cannot be fetched: {error or error!r}"
            raise ServiceError(message) from error

    def _known(self) -> dict[str, dict[str, str]]:
        try:
            known: dict[str, dict[str, str]] = json.loads(self._memory.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return known

    def keep(self) -> None:
        """Remember what was fetched, once its articles are where they belong."""
        if self._fetched:
            _write(self._memory, json.dumps(self._known() | self._fetched))


def _validators(headers: httpx.Headers) -> dict[str, str]:
    pairs = {"If-None-Match": headers.get("etag"), "If-Modified-Since": headers.get("last-modified")}
    return {name: value for name, value in pairs.items() if value}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".new")
    temporary.write_text(text, "utf-8")
    temporary.replace(path)


def _bounded(response: httpx.Response) -> bytes:
    parts = bytearray()
    for part in response.iter_bytes():
        parts += part
        if len(parts) > LARGEST:
            message = f"{response.url}: larger than {LARGEST // 2**20} MiB; not read"
            raise ServiceError(message)
    return bytes(parts)


def _content(entry: Any) -> str:  # noqa: ANN401 - feedparser is untyped
    contents = entry.get("content") or []
    return str(contents[0].get("value", "")) if contents else str(entry.get("summary", ""))


def _plain(markup: str) -> str:
    if "<" not in markup:
        return markup.strip()
    return str(trafilatura.html2txt(f"<html><body>{markup}</body></html>") or "").strip()


def _moment(parsed: Any) -> str | None:  # noqa: ANN401 - feedparser is untyped
    if parsed is None:
        return None
    return datetime.fromtimestamp(calendar.timegm(parsed), UTC).isoformat().replace("+00:00", "Z")
