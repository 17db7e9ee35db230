"""What is sent by HTTP: to webhooks, to Alertmanager and to Grafana."""

from datetime import UTC, datetime
from html import escape
from typing import assert_never

import msgspec

from alerts.alert import Alert
from alerts.delivery.message import group_of, links, message_of
from alerts.delivery.receivers import (
    AlertmanagerReceiver,
    GrafanaReceiver,
    WebhookReceiver,
    signing_key,
)
from alerts.delivery.signing import signed_headers

AnyWebReceiver = WebhookReceiver | AlertmanagerReceiver | GrafanaReceiver


class Request(msgspec.Struct, frozen=True):
    """What is posted; its URL and headers are secret."""

    url: str
    headers: dict[str, str]
    body: bytes


def request_to(receiver: AnyWebReceiver, alert: Alert, now: float) -> Request:
    """Return what tells a receiver of an alert."""
    url = receiver.url.get_secret_value()
    headers = {name: value.get_secret_value() for name, value in receiver.headers.items()}
    match receiver:
        case WebhookReceiver():
            body = webhook_body(alert)
            keys = [signing_key(secret) for secret in receiver.secret]
            own = signed_headers(alert.id, body, keys, now)
        case AlertmanagerReceiver():
            url, body, own = _below(url, "api/v2/alerts"), alertmanager_body(alert, now, receiver.firing), {}
        case GrafanaReceiver():
            url, body = _below(url, "api/annotations"), grafana_body(alert)
            own = {"authorization": f"Bearer {receiver.token.get_secret_value()}"}
        case _:
            assert_never(receiver)
    return Request(url, {**headers, "content-type": "application/json", **own}, body)


def webhook_body(alert: Alert) -> bytes:
    """Return an alert as webhooks have it; the same for every attempt."""
    event = {"type": "marsad.alert", "timestamp": _iso(alert.time.detected), "data": alert}
    return msgspec.json.encode(event)


def alertmanager_body(alert: Alert, now: float, firing: float) -> bytes:
    """Return an alert as Alertmanager's API has it: the alerts of a rule and group are one, which fires again."""
    title, description = message_of(alert)
    rule, read_on = alert.rule, links(alert)
    labels = {
        "alertname": rule.id,
        "job": "marsad",
        "severity": rule.severity,
        "kind": alert.kind,
        "group": group_of(alert),
        "owner": rule.owner,
        "tags": ",".join(rule.tags),
    }
    entry: dict[str, object] = {
        "labels": {name: value for name, value in labels.items() if value},
        "annotations": {"summary": title, "description": description, "alert_id": alert.id},
        "startsAt": _iso(min(alert.time.detected, now)),
        "endsAt": _iso(now + firing),
    }
    if read_on:
        entry["generatorURL"] = read_on[0]
    return msgspec.json.encode([entry])


def grafana_body(alert: Alert) -> bytes:
    """Return an alert as an annotation of the organisation, at its event's time; its text is escaped HTML."""
    title, body = message_of(alert)
    tags = ["marsad", f"rule:{alert.rule.id}", f"severity:{alert.rule.severity}", *alert.actors, *alert.topics]
    lines = [f"<b>{escape(title)}</b>", *(escape(line) for line in body.splitlines())]
    return msgspec.json.encode(
        {
            "time": int(alert.time.event * 1000),
            "tags": [*dict.fromkeys([*tags, *alert.rule.tags])],
            "text": "<br>".join(lines),
        }
    )


def _below(url: str, path: str) -> str:
    return f"{url.rstrip('/')}/{path}"


def _iso(time: float) -> str:
    return datetime.fromtimestamp(time, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
