"""Delivering to a web server that stands for receivers."""

import hmac
import json
import logging
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest

from alerts.delivery.answer import Answer, Verdict
from alerts.delivery.receivers import TYPES, AnyReceiver
from processors.errors import ConfigError
from streams.notify.logs import keep_secrets
from streams.notify.sender import Sender, Sent
from streams.notify.senders import sender_of, senders_of
from tests.desk import Desk, Reply, desk
from tests.makers import NOON, make_alert

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
pytestmark = pytest.mark.anyio


def receiver(kind: str, url: str, **fields: Any) -> AnyReceiver:  # noqa: ANN401 - as they are written
    own = {"webhook": {"secret": SECRET}, "grafana": {"token": "glsa_x"}}.get(kind, {})
    return TYPES[kind].model_validate({"name": "desk", "type": kind, "url": url, **own, **fields})


@pytest.fixture
def there() -> Iterator[Desk]:
    with desk() as found:
        yield found


async def send(to: AnyReceiver, now: float = NOON) -> Sent:
    sender = sender_of(to, "marsad/test")
    try:
        return await sender.send(make_alert(), now)
    finally:
        await sender.close()


async def test_a_webhook_arrives_signed_as_standard_webhooks_verifies_it(there: Desk) -> None:
    sent = await send(receiver("webhook", there.url + "/hook"))
    (post,) = there.posts
    content = b".".join([post.headers["webhook-id"].encode(), post.headers["webhook-timestamp"].encode(), post.body])
    signature = hmac.new(b64decode(SECRET.removeprefix("whsec_")), content, "sha256").digest()
    assert post.headers["webhook-signature"] == "v1," + b64encode(signature).decode()
    assert (post.path, post.headers["user-agent"]) == ("/hook", "marsad/test")
    assert sent == Sent(post.body.decode(), Answer(Verdict.ACCEPTED, 200, "ok"))


async def test_apprise_sends_in_words(there: Desk) -> None:
    to = receiver("apprise", there.url.replace("http", "json") + "/chat")
    sent = await send(to)
    (post,) = there.posts
    said = json.loads(post.body)
    assert said["title"] == "[HIGH] state/KP and state/RU on military-cooperation: A <b>pact</b>"
    assert "https://news.example/1?a=1&b=2" in said["message"]
    assert sent.answer.verdict is Verdict.ACCEPTED
    assert sender_of(to, "").to == "JSON"


@pytest.mark.parametrize("kind", ["webhook", "alertmanager", "grafana", "apprise"])
@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        pytest.param(200, Verdict.ACCEPTED, id="accepted"),
        pytest.param(403, Verdict.REFUSED, id="forbidden"),
        pytest.param(503, Verdict.AGAIN, id="away"),
    ],
)
async def test_an_answer_is_told_with_its_status(there: Desk, kind: str, status: int, verdict: Verdict) -> None:
    there.reply = lambda _: Reply(status, b"a word")
    answer = (await send(receiver(kind, _url(kind, there.url)))).answer
    assert answer.verdict is verdict
    if kind != "apprise" or status != 200:
        assert answer.status == status


@pytest.mark.parametrize("kind", ["webhook", "apprise"])
async def test_a_receiver_that_is_not_there_is_tried_again(kind: str) -> None:
    answer = (await send(receiver(kind, _url(kind, "http://127.0.0.1:1")))).answer
    assert (answer.verdict, answer.status) == (Verdict.AGAIN, None)


@pytest.mark.parametrize("kind", ["webhook", "apprise"])
async def test_a_receiver_that_does_not_answer_in_time_is_tried_again(there: Desk, kind: str) -> None:
    there.reply = lambda _: Reply(after=1.0)
    answer = (await send(receiver(kind, _url(kind, there.url), timeout="300ms"))).answer
    assert (answer.verdict, answer.status) == (Verdict.AGAIN, None)


async def test_an_attempt_by_apprise_that_hangs_is_not_joined_by_another(there: Desk) -> None:
    there.reply = lambda _: Reply(after=1.0)
    sender = sender_of(receiver("apprise", _url("apprise", there.url), timeout="300ms"), "")
    await sender.send(make_alert(), NOON)
    again = await sender.send(make_alert(), NOON)
    assert (again.answer.detail, len(there.posts)) == ("the attempt before has not ended yet", 1)
    assert all(thread.daemon for thread in threading.enumerate() if thread.name == "apprise desk")


async def test_a_redirect_is_not_followed(there: Desk) -> None:
    there.reply = lambda _: Reply(307, b"", (("location", there.url + "/elsewhere"),))
    answer = (await send(receiver("webhook", there.url))).answer
    assert (answer.verdict, len(there.posts)) == (Verdict.REFUSED, 1)


async def test_a_receiver_may_ask_for_a_pause(there: Desk) -> None:
    there.reply = lambda _: Reply(429, b"", (("retry-after", "30"),))
    assert (await send(receiver("webhook", there.url))).answer == Answer(Verdict.AGAIN, 429, "", 30.0)


async def test_of_a_long_answer_only_the_beginning_is_told(there: Desk) -> None:
    there.reply = lambda _: Reply(200, b"x" * 5_000_000)
    assert (await send(receiver("webhook", there.url))).answer.detail == "x" * 300


async def test_what_an_answer_repeats_of_a_secret_is_masked(there: Desk) -> None:
    there.reply = lambda _: Reply(400, b"your key is k-12345")
    told = await send(receiver("webhook", there.url, headers={"x-key": "k-12345"}))
    assert told.answer.detail == "your key is ***"


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What reaches the log of a process that logs everything."""
    text, root = StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(text), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield text
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.parametrize("kind", ["webhook", "apprise"])
async def test_nothing_secret_is_logged(there: Desk, kind: str, log: StringIO) -> None:
    keep_secrets()
    logging.getLogger("streams").debug("it logs")
    await send(receiver(kind, _url(kind, there.url) + "/t0ken-of-mine"))
    there.reply = lambda _: Reply(403)
    await send(receiver(kind, _url(kind, there.url) + "/t0ken-of-mine"))
    assert len(there.posts) == 2
    assert "it logs" in log.getvalue()
    assert "t0ken-of-mine" not in log.getvalue()


def test_a_service_that_apprise_does_not_know_is_refused_without_its_url() -> None:
    bad = receiver("apprise", "carrier-pigeon://t0ken")
    with pytest.raises(ConfigError) as caught:
        senders_of([bad, receiver("webhook", "https://a.example", ca_file="/none.pem")], "")
    assert "receiver desk: url: Apprise cannot use it" in str(caught.value)
    assert "receiver desk: ca_file: /none.pem cannot be used" in str(caught.value)
    assert "t0ken" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "to"),
    [
        pytest.param("https://user:pw@desk.example/t0ken?k=v", "https://desk.example", id="a name"),
        pytest.param("http://[::1]:9093/", "http://[::1]:9093", id="an address"),
    ],
)
async def test_where_it_goes_is_told_without_secrets(url: str, to: str) -> None:
    sender: Sender = sender_of(receiver("webhook", url), "")
    assert sender.to == to
    await sender.close()


def _url(kind: str, url: str) -> str:
    return url.replace("http", "json") if kind == "apprise" else url
