"""The AsyncAPI 3.0 document of the Kafka topics (https://www.asyncapi.com/docs/reference/specification/v3.0.0)."""

from importlib.metadata import version
from typing import Any, Final, NamedTuple


class _Channel(NamedTuple):
    """One Kafka topic: what it holds, its messages' schema, their key, and whether Marsad receives or sends them."""

    address: str
    holds: str
    message: str
    key: str
    action: str


_CHANNELS: Final = {
    "articles": _Channel("marsad.articles", "Articles to watch", "article", "the article's id", "receive"),
    "tagged": _Channel("marsad.tagged", "Each article's tags", "tagged", "the article's id", "send"),
    "alerts": _Channel("marsad.alerts", "Every alert", "alert", "the rule's group", "send"),
    "routedAlerts": _Channel(
        "marsad.alerts.{route}", "The alerts that take a route", "alert", "the rule's group", "send"
    ),
    "audit": _Channel("marsad.audit", "What was held back or delivered, and why", "audit", "the rule's group", "send"),
}
_HEADERS: Final = {
    "ce_specversion": "CloudEvents version, 1.0",
    "ce_id": "the alert's id; the same one means the same alert",
    "ce_source": "/marsad/rules/<rule>",
    "ce_type": "marsad.alert",
    "ce_subject": "the record's key",
    "ce_time": "when Marsad saw it, RFC 3339",
    "content-type": "application/json",
}
"""The headers of alerts: CloudEvents 1.0, Kafka protocol binding, binary mode."""


def asyncapi() -> dict[str, Any]:
    """Return the document; payloads refer to the JSON Schemas beside it."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Marsad",
            "version": version("marsad"),
            "description": "An event-driven monitor of the world's news: articles in, alerts out.",
        },
        "defaultContentType": "application/json",
        "channels": {name: _channel(channel) for name, channel in _CHANNELS.items()},
        "operations": {
            f"{channel.action}{name[0].upper()}{name[1:]}": {
                "action": channel.action,
                "channel": {"$ref": f"#/channels/{name}"},
            }
            for name, channel in _CHANNELS.items()
        },
        "components": {"messages": {c.message: _message(c) for c in _CHANNELS.values()}},
    }


def _channel(channel: _Channel) -> dict[str, Any]:
    described: dict[str, Any] = {
        "address": channel.address,
        "description": channel.holds,
        "messages": {channel.message: {"$ref": f"#/components/messages/{channel.message}"}},
    }
    if "{route}" in channel.address:
        described["parameters"] = {"route": {"description": "A rule's `route`, or one of a rule file's `routes`"}}
    return described


def _message(channel: _Channel) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": channel.message,
        "contentType": "application/json",
        "payload": {
            "schemaFormat": "application/schema+json;version=draft-2020-12",
            "schema": {"$ref": f"./{channel.message}.schema.json"},
        },
        "bindings": {"kafka": {"key": {"type": "string", "description": channel.key}}},
    }
    if channel.message == "alert":
        properties = {name: {"type": "string", "description": what} for name, what in _HEADERS.items()}
        described["headers"] = {"type": "object", "properties": properties, "required": [*_HEADERS]}
    return described
