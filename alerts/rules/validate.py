"""Holds entries against their models; every problem is told where it stands."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from alerts.rules.files import Entry
from alerts.rules.problems import Problem
from alerts.rules.routes import WrittenRoute
from alerts.rules.written import FLAT, KINDS, LABEL, ROUTE, TIMES, Actors, Matching, Topics, WrittenRule, twice
from processors.catalogue.parts import ActorPart, TopicPart
from processors.tagging import nearest

M = TypeVar("M", bound=BaseModel)
Keys = tuple[Sequence[str], Mapping[str, Sequence[str]]]
"""The keys that may stand at the top of an entry, and those below others."""

_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "match": (*Matching.model_fields,),
    "actors": (*Actors.model_fields,),
    "topics": (*Topics.model_fields,),
    "when": TIMES,
}
_MADE: Final = frozenset({"match", "when", "any"})
"""Steps that may be there without having been written."""

_KEY: Final = "[key]"
"""How pydantic says that a mapping's key is wrong."""

_PATTERNS: Final[Mapping[str, str]] = {
    LABEL: "letters, digits, dots, dashes and underscores only",
    ROUTE: "small letters, digits and dashes only",
    r"^[a-z0-9-]+$": "small letters, digits and dashes only",
    r"^(state|person|org)/[A-Za-z0-9-]+$": "`state/`, `person/` or `org/` and a name, such as `org/harbour-council`",
}
_PLAIN: Final[Mapping[str, str]] = {
    "Input should": "it should",
    "Tuple should": "it should",
    "Value should": "it should",
    "Dictionary should": "it should",
    "valid tuple": "list",
    " after validation": "",
}


def rule_of(entry: Entry, problems: list[Problem]) -> WrittenRule | None:
    """Return the rule that an entry holds; None when it has problems."""
    name = name_of(entry)
    if not isinstance(entry.content, dict):
        problems.append(entry.problem((), f"{name} is no rule; write `- id: ...` and what it watches for"))
        return None
    problems += [
        entry.problem((key,), f"{name}: {key} is there twice, also in `{FLAT[key]}`; keep one", key=True)
        for key in twice(entry.content)
    ]
    return validated(WrittenRule, entry, name, [*WrittenRule.model_fields, *FLAT], problems)


def check_definition(entry: Entry, problems: list[Problem]) -> None:
    """Report what is wrong with an actor or a topic that a file of rules defines."""
    model: type[ActorPart | TopicPart] = ActorPart if entry.steps[0] == "actors" else TopicPart
    validated(model, entry, str(entry.steps[0])[:-1], [*model.model_fields], problems)


def route_of(entry: Entry, problems: list[Problem]) -> WrittenRoute | None:
    """Return the route that an entry holds; None when it has problems."""
    return validated(WrittenRoute, entry, "route", [*WrittenRoute.model_fields], problems)


def is_definition(entry: Entry) -> bool:
    """Tell whether an entry defines an actor or a topic without a mistake."""
    problems: list[Problem] = []
    check_definition(entry, problems)
    return not problems


def name_of(entry: Entry) -> str:
    """Return what a rule is called in messages."""
    named = isinstance(entry.content, Mapping) and isinstance(entry.content.get("id"), str)
    return f"rule {entry.content['id']}" if named else "the rule"  # type: ignore[index]  # it is a mapping


def validated(
    model: type[M],
    entry: Entry,
    name: str,
    keys: Sequence[str],
    problems: list[Problem],
    below: Mapping[str, Sequence[str]] = _KEYS,
) -> M | None:
    """Return what an entry holds by a model with some keys, and others `below` them; None when it has problems."""
    try:
        return model.model_validate(entry.content)
    except ValidationError as error:
        problems += [_problem(entry, name, (keys, below), dict(found)) for found in error.errors(include_url=False)]
        return None


def where_of(entry: Entry, steps: Sequence[object]) -> str:
    """Return the keys that lead to a value as the analyst wrote them."""
    content, keys = entry.content, []
    for step in steps:
        below = content.get(step) if isinstance(content, Mapping) else None
        if isinstance(step, str) and step != _KEY and (below is not None or step not in _MADE):
            keys.append(step)
        content = content if below is None else below
    return ".".join(keys)


def _problem(entry: Entry, name: str, keys: Keys, error: dict[str, Any]) -> Problem:
    told: tuple[Any, ...] = error["loc"]
    steps = (told[0], *told[2:]) if told[:1] == ("when",) else told  # without the kind's tag
    where, kind = where_of(entry, steps), error["type"]
    if kind == "extra_forbidden":
        return entry.problem(steps, f"{name}: {where}: {_unknown(told, keys)}", key=True)
    if kind == "missing":
        return entry.problem(steps[:-1], f"{name}: {where} is missing; add it")
    return entry.problem(steps, f"{name}: {where}: {_said(error)}")


def _unknown(steps: Sequence[Any], keys: Keys) -> str:
    """Say what is wrong with a key that is not known where it stands."""
    key, above = str(steps[-1]), [step for step in steps[:-1] if isinstance(step, str)]
    top, below = keys
    known = below.get(above[-1], top) if above else top
    if key in TIMES and above[:1] == ["when"]:
        return _untimely(key, above[-1])
    hint = nearest(key, known) or f"; there are {', '.join(known)}"
    return f"unknown key{hint}"


def _untimely(key: str, kind: str) -> str:
    """Say what is wrong with a key about time that a rule of a kind has not."""
    if key in KINDS:
        return f"a rule has {kind} or {key}; make two of it"
    owner = next(name for name, model in KINDS.items() if key in model.model_fields)
    return f"it goes with `{owner}`; add that, or take it away"


def _said(error: dict[str, Any]) -> str:
    message = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "value_error":
        return message
    written = error["input"]
    shown = f"{written!r} does not fit" if isinstance(written, str | int | float) else "it does not fit"
    if error["type"] == "string_pattern_mismatch":
        return f"{shown}; write {_PATTERNS.get(error['ctx']['pattern'], error['ctx']['pattern'])}"
    for own, plain in _PLAIN.items():
        message = message.replace(own, plain)
    return f"{shown}; {message}"
