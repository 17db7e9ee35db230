"""The summary of an alert: a line with some of its fields, and nothing that could do anything else."""

from collections.abc import Mapping
from string import Template
from typing import Final

from processors.tagging import nearest

FIELDS: Final = {
    "rule": "the rule's id",
    "severity": "how much it matters",
    "owner": "who looks after the rule",
    "actors": "the actors it fits by, by their English names",
    "topics": "the topics it fits by, by their English names",
    "group": "the alert's group, as its Kafka key has it",
    "title": "the article's title",
    "source": "who published it",
    "language": "its language",
    "url": "where it stands",
    "time": "when it happened, in UTC",
    "articles": "how many articles were counted",
    "stories": "how many stories",
    "sources": "how many sources",
}
"""What a summary may name, and what it stands for."""


def checked_summary(written: str) -> str:
    """Return a summary that names known fields only; raise ValueError otherwise."""
    template = Template(written)
    if not template.is_valid():
        message = "a `$` stands before no field; write `$$` for the sign itself"
        raise ValueError(message)
    for name in template.get_identifiers():
        if name not in FIELDS:
            hint = nearest(name, [*FIELDS]) or f"; there are {', '.join(FIELDS)}"
            message = f"${name} is no field of an alert{hint}"
            raise ValueError(message)
    return written


def rendered(summary: str, values: Mapping[str, str]) -> str:
    """Return a summary with its fields filled in; one without a value is empty."""
    return Template(summary).substitute({**dict.fromkeys(FIELDS, ""), **values})
