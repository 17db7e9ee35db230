"""Putting articles in, and reading alerts and counts back, by the commands people use."""

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from streams.cli import main
from streams.codec import WireArticle
from streams.ingest.files import articles_in
from streams.ingest.send import shift_to_now
from streams.ingest.web import WebClient
from streams.settings import Settings
from tests.bus import Bus
from tests.makers import ABOUT_BOTH, wait_until
from tests.workers import Worker, environment

FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>A feed</title><language>en</language>
<item><title>One</title><link>https://example.org/1</link>
<description>&lt;p&gt;Russia and China.&lt;/p&gt;</description>
<pubDate>Wed, 13 Sep 2023 09:40:00 GMT</pubDate></item>
<item><title>Two</title><link>https://example.org/2</link><description>Plain.</description></item>
</channel></rss>"""
PAGE = f"""<html lang="en"><head><title>A page</title></head><body><article><h1>A page</h1>
{"".join(f"<p>{ABOUT_BOTH} Paragraph {n} of the article tells more about the visit.</p>" for n in range(5))}
</article></body></html>"""


class _Site(BaseHTTPRequestHandler):
    """A feed that knows whether it has changed."""

    agents: list[str | None] = []  # noqa: RUF012 - one list for the server

    def do_GET(self) -> None:
        self.agents.append(self.headers.get("User-Agent"))
        if self.headers.get("If-None-Match") == '"1"':
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("ETag", '"1"')
        self.end_headers()
        self.wfile.write(FEED.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's signature
        """Stay quiet."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/feed"
    server.shutdown()
    server.server_close()


@pytest.fixture
def run(settings: Settings) -> Callable[..., Result]:
    return lambda *words, stdin=None: CliRunner().invoke(main, words, env=environment(settings), input=stdin)


def read(path: Path) -> list[WireArticle | str]:
    return [article for _, article in articles_in(path)]


def test_every_kind_of_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"title": "one"}\n\n{"title": "two"}\n', "utf-8")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b'{"title": "three"}'))
    (tmp_path / "c.txt").write_text("four\n\nbody", "utf-8")
    (tmp_path / "d.html").write_text(PAGE, "utf-8")
    (tmp_path / "e.xml").write_text(FEED, "utf-8")
    found = [article for article in read(tmp_path) if isinstance(article, WireArticle)]
    assert [article.title for article in found] == ["one", "two", "three", "four", "A page", "One", "Two"]
    assert found[3].body == "body"
    assert ABOUT_BOTH in (found[4].body or "")
    assert (found[5].body, found[5].lang) == ("Russia and China.", "en")
    assert found[5].published_at == "2023-09-13T09:40:00Z"


def test_shifting_keeps_the_spacing_and_can_squeeze_it() -> None:
    days = [("x", WireArticle(title="a", published_at=f"2024-01-0{day}T00:00:00Z")) for day in (1, 2, 4)]

    def gaps(within: float | None) -> list[float]:
        from datetime import datetime

        shifted = [a for _, a in shift_to_now([*days], within) if isinstance(a, WireArticle)]
        times = [datetime.fromisoformat(str(a.published_at)).timestamp() for a in shifted]
        return [later - earlier for earlier, later in pairwise(times)]

    assert gaps(None) == [86400, 2 * 86400]
    assert gaps(3 * 3600) == pytest.approx([3600, 2 * 3600], abs=1)


def test_what_is_no_article_is_reported_and_the_rest_is_sent(
    run: Callable[..., Result], bus: Bus, tmp_path: Path
) -> None:
    path = tmp_path / "mixed.jsonl"
    path.write_text('{"title": "good"}\n{"title": 7}\nnot JSON\n{"source": "x"}\n', "utf-8")
    result = run("ingest", str(path))
    assert result.exit_code == 1
    assert "1 articles sent, 3 not" in result.output
    assert f"{path}:2: " in result.output
    assert len(bus.read(bus.topics.articles)) == 1


def test_standard_input_is_json_lines(run: Callable[..., Result], bus: Bus) -> None:
    assert run("ingest", "-", stdin='{"title": "good"}\n').exit_code == 0
    assert len(bus.read(bus.topics.articles)) == 1


def test_a_file_that_cannot_be_read_says_so(run: Callable[..., Result], tmp_path: Path) -> None:
    result = run("ingest", str(tmp_path / "absent.jsonl"))
    assert result.exit_code == 1
    assert "absent.jsonl: cannot be read: No such file" in result.output


def test_a_feed_is_fetched_again_unless_its_articles_were_kept(settings: Settings, site: str) -> None:
    def fetched(client: WebClient) -> int:
        return len(list(client.articles_at(site)))

    first = WebClient(settings)
    assert fetched(first) == 2
    assert fetched(WebClient(settings)) == 2, "Kafka may not have taken them"
    first.keep()
    assert fetched(WebClient(settings)) == 0


def test_a_feed_is_fetched_politely(run: Callable[..., Result], bus: Bus, site: str) -> None:
    assert "2 articles sent" in run("ingest", site).output
    assert "0 articles sent" in run("ingest", site).output, "it had not changed"
    assert _Site.agents[-1] == Settings().user_agent
    assert len(bus.read(bus.topics.articles)) == 2


def test_alerts_and_counts_are_read_back(
    run: Callable[..., Result], start_worker: Callable[..., Worker], bus: Bus, rules: Path
) -> None:
    start_worker({"rules": rules})
    run("ingest", "-", stdin=json.dumps({"title": "A visit", "body": ABOUT_BOTH, "source": "one"}) + "\n")
    wait_until(lambda: len(bus.read(bus.topics.alerts)) == 1)
    bus.caught_up()
    shown = run("follow", "--from-start", "--idle", "1", "--lang", "ar").output
    assert "روسيا" in shown
    assert "A visit" in shown
    assert "agreed on military cooperation" in shown
    assert run("follow", "--from-start", "--idle", "1", "--json").output.count('"moscow-pyongyang"') == 1
    for held in (("--actor", "China"), ("--topic", "trade"), ("--rule", "other"), ("--severity", "high")):
        assert not run("follow", "--from-start", "--idle", "1", "--json", *held).output, held
    assert run("follow", "--since", "1h", "--idle", "1", "--json", "--actor", "روسيا").output
    (pair, *_) = json.loads(run("counts", "--pair", "موسكو", "북한", "--json").output)
    assert pair == {"subject": "pair:state/KP+state/RU", "articles": 1, "stories": 1, "sources": 1}
    assert "North Korea + Russia" in run("counts", "--actor", "Russia").output
    assert "did you mean" in run("counts", "--actor", "Rusia del Norte").output


def test_config_masks_what_is_secret(run: Callable[..., Result], settings: Settings) -> None:
    changed = settings.model_copy()
    result = CliRunner().invoke(
        main,
        ["config"],
        env={**environment(changed), "MARSAD_REDIS": "rediss://me:hush@host:1/0", "MARSAD_KAFKA_PASSWORD": "hush"},
    )
    assert "rediss://me:***@host:1/0" in result.output
    assert "hush" not in result.output
    assert "MARSAD_KAFKA_PARTITIONS=2" in run("config").output


def test_a_wrong_setting_is_named(settings: Settings) -> None:
    wrong = {"MARSAD_KAFKA_RETENTION": "soon", "MARSAD_BATCH_MAX": "0", "MARSAD_REDIS": "hush"}
    result = CliRunner().invoke(main, ["config"], env={**environment(settings), **wrong})
    assert result.exit_code == 1
    for name in wrong:
        assert name in result.output
    assert "hush" not in result.output
