"""What is sent by HTTP."""

import json
from typing import Any

import jsonschema
import pytest

from alerts.delivery.answer import Verdict, verdict_of
from alerts.delivery.message import message_of
from alerts.delivery.receivers import AlertmanagerReceiver, GrafanaReceiver, WebhookReceiver
from alerts.delivery.requests import request_to
from streams.schemas import schemas
from tests.makers import NOON, make_alert

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def webhook(**fields: Any) -> WebhookReceiver:  # noqa: ANN401 - as they are written
    return WebhookReceiver.model_validate(
        {"name": "desk", "type": "webhook", "url": "https://desk.example/hook", "secret": SECRET, **fields}
    )


def test_a_webhook_is_the_alert_and_names_the_delivery() -> None:
    request = request_to(webhook(headers={"x-key": "k"}), make_alert(), NOON)
    body = json.loads(request.body)
    assert (request.url, body["type"], body["timestamp"]) == (
        "https://desk.example/hook", "marsad.alert", "2023-11-14T22:13:20.000Z",
    )  # fmt: skip
    jsonschema.Draft202012Validator(schemas()["alert.schema.json"]).validate(body["data"])
    assert request.headers["webhook-id"] == body["data"]["id"]
    assert request.headers["x-key"] == "k"


def test_another_attempt_sends_the_same_body_and_id_with_a_signature_of_its_time() -> None:
    first, second = (request_to(webhook(), make_alert(), now) for now in (NOON, NOON + 60))
    assert (first.body, first.headers["webhook-id"]) == (second.body, second.headers["webhook-id"])
    assert first.headers["webhook-signature"] != second.headers["webhook-signature"]


def test_alertmanager_gets_one_alert_for_a_rule_and_group_that_fires_for_a_while() -> None:
    receiver = AlertmanagerReceiver.model_validate(
        {"name": "am", "type": "alertmanager", "url": "http://am.example:9093/", "firing": "10m"}
    )
    request = request_to(receiver, make_alert(), NOON + 3600)
    (entry,) = json.loads(request.body)
    assert request.url == "http://am.example:9093/api/v2/alerts"
    assert entry["labels"] == {
        "alertname": "watch", "job": "marsad", "severity": "high", "kind": "match", "group": "state/KP+state/RU",
        "owner": "the-desk", "tags": "east",
    }  # fmt: skip
    assert (entry["startsAt"], entry["endsAt"]) == ("2023-11-14T22:13:20.000Z", "2023-11-14T23:23:20.000Z")
    assert entry["generatorURL"] == "https://news.example/1?a=1&b=2"
    assert entry["annotations"]["alert_id"] == "4f1c"


def test_grafana_gets_an_annotation_whose_text_is_escaped() -> None:
    receiver = GrafanaReceiver.model_validate(
        {"name": "wall", "type": "grafana", "url": "http://grafana.example:3000", "token": "glsa_x"}
    )
    request = request_to(receiver, make_alert(), NOON)
    body = json.loads(request.body)
    assert (request.url, request.headers["authorization"]) == (
        "http://grafana.example:3000/api/annotations", "Bearer glsa_x",
    )  # fmt: skip
    assert body["time"] == NOON * 1000
    assert body["tags"] == [
        "marsad", "rule:watch", "severity:high", "state/KP", "state/RU", "military-cooperation", "east",
    ]  # fmt: skip
    assert "A &lt;b&gt;pact&lt;/b&gt;" in body["text"]


def test_people_read_what_happened_how_often_and_where() -> None:
    title, body = message_of(make_alert())
    assert title == "[HIGH] state/KP and state/RU on military-cooperation: A <b>pact</b>"
    assert body.splitlines() == [
        "A <b>pact</b>",
        "“Russia and North Korea agreed on military cooperation.”",
        "in the last 24h: 3 articles, 2 stories, 1 sources",
        "https://news.example/1?a=1&b=2",
        "rule watch, 2023-11-14 22:13 UTC, alert 4f1c",
    ]


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        pytest.param(204, Verdict.ACCEPTED, id="no content"),
        pytest.param(302, Verdict.REFUSED, id="a redirect"),
        pytest.param(401, Verdict.REFUSED, id="not who we say"),
        pytest.param(410, Verdict.REFUSED, id="gone"),
        pytest.param(408, Verdict.AGAIN, id="too slow"),
        pytest.param(429, Verdict.AGAIN, id="too often"),
        pytest.param(500, Verdict.AGAIN, id="a fault of the receiver"),
        pytest.param(503, Verdict.AGAIN, id="away"),
    ],
)
def test_an_answer_is_tried_again_where_that_may_help(status: int, verdict: Verdict) -> None:
    assert verdict_of(status) is verdict
