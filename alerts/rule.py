"""A watch rule as it is judged, and what fits it."""

from enum import StrEnum
from typing import NamedTuple

import msgspec

from alerts.kinds.model import Kind
from alerts.severity import Severity


class CountOf(StrEnum):
    """What a rule counts."""

    STORIES = "stories"
    ARTICLES = "articles"
    SOURCES = "sources"


class GroupBy(StrEnum):
    """What a rule keeps apart: each group has its own windows, cooldown and order of alerts."""

    PAIR = "pair"
    ACTOR = "actor"
    TOPIC = "topic"
    SOURCE = "source"
    LANGUAGE = "language"
    RULE = "rule"


class Why(msgspec.Struct, frozen=True):
    """One condition of a rule with what was found, and the conditions that it is made of."""

    condition: str
    passed: bool
    found: str = ""
    parts: tuple["Why", ...] = ()


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule with its names resolved and its digests made; `groups` are those that it expects, for an absence.

    `state` is the digest of what its windows depend on, so that a changed rule starts empty.
    """

    id: str
    kind: Kind
    count: CountOf
    group_by: GroupBy
    severity: Severity
    cooldown: float
    max_age: float | None
    owner: str
    tags: tuple[str, ...]
    summary: str
    route: tuple[str, ...]
    revision: str
    state: str
    groups: tuple[tuple[str, ...], ...] = ()


class Fit(NamedTuple):
    """A rule that an article fits, for one group, with the actors and topics it fits by, and why."""

    rule: Rule
    group: tuple[str, ...]
    actors: tuple[str, ...]
    topics: tuple[str, ...]
    why: Why
