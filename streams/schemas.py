"""The JSON Schemas of what goes in and out, and the AsyncAPI document, as docs/ publishes them."""

import sys
from pathlib import Path
from typing import Any

import msgspec
from pydantic import TypeAdapter

from alerts.alert import Alert
from alerts.rules.schema import rules_schema
from alerts.testing.written import WrittenTests
from processors.catalogue.parts import GROUPS, ActorPart, TopicPart
from streams.asyncapi import asyncapi
from streams.codec import WireArticle
from streams.records import AuditEntry, TaggedRecord

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Return what is published, by file name."""
    article = _schema(WireArticle)
    definition = article["$defs"][WireArticle.__name__]
    definition["anyOf"] = [{"required": [name], "properties": {name: _text()}} for name in ("title", "body")]
    definition["properties"]["published_at"] = {
        "anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}],
        "description": "RFC 3339 with an offset; default: the Kafka timestamp",
    }
    return {
        "article.schema.json": article,
        "alert.schema.json": _schema(Alert),
        "tagged.schema.json": _schema(TaggedRecord),
        "audit.schema.json": _schema(AuditEntry),
        "catalogue.schema.json": _catalogue(),
        "rules.schema.json": {"$schema": DIALECT, **rules_schema()},
        "rule-tests.schema.json": {"$schema": DIALECT, **TypeAdapter(WrittenTests).json_schema()},
        "asyncapi.json": asyncapi(),
    }


def write(folder: Path) -> None:
    """Write the schemas below a folder."""
    for name, schema in schemas().items():
        (folder / name).write_bytes(encoded(schema))


def encoded(schema: dict[str, Any]) -> bytes:
    """Return a schema as its file holds it."""
    return msgspec.json.format(msgspec.json.encode(schema), indent=2) + b"\n"


def _schema(record: object) -> dict[str, Any]:
    return {"$schema": DIALECT, **msgspec.json.schema(record)}


def _catalogue() -> dict[str, Any]:
    """Return the schema of a catalogue's file: a list of entries, or what one language says."""
    entries = TypeAdapter(list[ActorPart | TopicPart]).json_schema()
    definitions = entries.pop("$defs")
    aliases: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
    guards = {"type": "object", "additionalProperties": {"$ref": "#/$defs/Guard"}}
    groups = dict.fromkeys((*GROUPS, "without"), aliases)
    historic = {"type": "object", "additionalProperties": aliases}
    actor = {"properties": groups | {"historic": historic, "guards": guards}, "additionalProperties": False}
    language = {
        "type": "object",
        "required": ["lang"],
        "properties": {
            "lang": {"type": "string"},
            "made_from": {"type": "string"},
            "nothing": aliases,
            "guards": guards,
        },
        "patternProperties": {"^(state|person|org)/": {"type": "object", **actor}},
        "additionalProperties": {"type": "object", "additionalProperties": aliases},
    }
    return {"$schema": DIALECT, "anyOf": [entries, language], "$defs": definitions}


def _text() -> dict[str, Any]:
    return {"type": "string", "pattern": r"\S"}


if __name__ == "__main__":
    write(Path(sys.argv[1]))
