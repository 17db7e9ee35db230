"""The JSON Schema of a file of rules, for completion in editors."""

from typing import Any, Final

from pydantic import TypeAdapter

from alerts.rules.routes import WrittenRoute
from alerts.rules.written import FLAT, WrittenRule
from processors.catalogue.parts import ActorPart, TopicPart

_LISTED: Final = {"actors": ("any", "Actors"), "topics": ("any", "Topics")}
"""What may be written as a plain list."""


def rules_schema() -> dict[str, Any]:
    """Return the schema of a file: a list of rules, or rules with actors and topics of its own."""
    parts = TypeAdapter(tuple[WrittenRule, ActorPart, TopicPart, WrittenRoute]).json_schema()
    definitions: dict[str, Any] = parts["$defs"]
    _allow_lists(definitions)
    _allow_flat(definitions)
    rules = {"type": "array", "items": {"$ref": "#/$defs/WrittenRule"}}
    file = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "rules": {**rules, "description": "The watch rules"},
            "actors": _entries("ActorPart", "Actors that the catalogue lacks, or more names of those it has"),
            "topics": _entries("TopicPart", "Topics that the catalogue lacks, or more terms of those it has"),
            "routes": _entries("WrittenRoute", "Kafka topics of their own that alerts go to as well"),
        },
    }
    return {"title": "Marsad watch rules", "anyOf": [file, rules], "$defs": definitions}


def _entries(name: str, description: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}, "description": description}


def _allow_lists(definitions: dict[str, Any]) -> None:
    """Let one name, or a plain list, stand where the models say how it is written in full."""
    names = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}
    matching = definitions["Matching"]["properties"]
    for key in ("actors", "topics"):
        description = matching[key]["description"]
        matching[key] = {"anyOf": [{"$ref": f"#/$defs/{key.title()}"}, *names["anyOf"]], "description": description}
    matching["words"]["anyOf"] = [
        {"type": "object", "additionalProperties": {"type": "number"}, "minProperties": 1}, names["anyOf"][1]
    ]  # fmt: skip
    for key in ("additionalProperties", "type", "minProperties", "maxProperties", "propertyNames"):
        matching["words"].pop(key, None)
    single = [(definitions[name], key) for name in ("Actors", "Topics") for key in ("any", "all", "none")]
    single += [(definitions["Matching"], key) for key in ("languages", "sources", "zones")]
    single += [(definitions["WrittenRule"], key) for key in ("tags", "route")]
    single += [(definitions["WrittenRoute"], "tags")]
    for model, key in single:
        full = model["properties"][key]
        kept = {name: full.pop(name) for name in ("description", "default") if name in full}
        model["properties"][key] = {"anyOf": [full, full["items"]], **kept}


def _allow_flat(definitions: dict[str, Any]) -> None:
    """Let what belongs to `match` and `when` stand at the top of a rule as well."""
    rule = definitions["WrittenRule"]
    rule["properties"]["when"] = {
        "anyOf": [{"$ref": f"#/$defs/{kind}"} for kind in ("Threshold", "New", "Absence", "Match")],
        "description": rule["properties"]["when"]["description"],
    }
    kinds = {
        key: value for name in ("Threshold", "New", "Absence") for key, value in definitions[name]["properties"].items()
    }
    flat = definitions["Matching"]["properties"] | kinds
    rule["properties"] |= {key: flat[key] for key in FLAT}
    rule["dependentRequired"] = {"window": ["threshold"], "learning": ["new"], "fewer_than": ["absence"]}
