"""Rules that tell nothing that another rule does not tell already."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import msgspec

from alerts.kinds.model import Match, Threshold
from alerts.rules.files import Entry
from alerts.rules.resolved import Resolved
from alerts.rules.written import WrittenRule
from processors.article import digest

_OPEN: Final = ("any_topics", "languages", "sources")
"""What a rule is wider without, and with more of."""


class Ready(NamedTuple):
    """A rule without a mistake, where it stands, and what its topics hold."""

    entry: Entry
    written: WrittenRule
    match: Resolved
    shown: frozenset[str]


def shadowed(rules: Iterable[Ready]) -> Iterator[tuple[Ready, str]]:
    """Yield every rule that is the same as an earlier one but for its id, or meets a part of what another one meets."""
    alike: defaultdict[str, list[Ready]] = defaultdict(list)
    for rule in rules:
        alike[_likeness(rule)].append(rule)
    for group in alike.values():
        for number, rule in enumerate(group if len(group) > 1 else ()):
            others = ((other, earlier < number) for earlier, other in enumerate(group) if other is not rule)
            found = next((said for other, earlier in others if (said := _says(rule, other, earlier=earlier))), None)
            if found:
                yield rule, found


def _says(rule: Ready, other: Ready, *, earlier: bool) -> str | None:
    there = f"rule {other.written.id} ({other.entry.file}:{other.entry.document.at(other.entry.steps).line})"
    if _is_wider(other, rule):
        if not _is_wider(rule, other):
            return f"tells nothing that {there} does not tell already; widen it, change what it does, or take it away"
        return f"is the same as {there}; take one away" if earlier else None
    return None


def _likeness(rule: Ready) -> str:
    """Return what rules have in common of which one may be a part of the other."""
    match = msgspec.to_builtins(rule.match)
    told = rule.written.model_dump(mode="json", exclude={"id", "match", "owner", "tags", "summary"})
    if isinstance(rule.written.when, Match | Threshold):
        match = {key: value for key, value in match.items() if key not in _OPEN}
    return digest(msgspec.json.encode([match, told], order="deterministic").decode())


def _is_wider(one: Ready, other: Ready) -> bool:
    """Tell whether one rule, alike in all else, meets all that another one meets."""
    topics = not one.match.any_topics or (bool(other.match.any_topics) and one.shown >= other.shown)
    return topics and all(
        not wide or (narrow and {*wide} >= {*narrow})
        for wide, narrow in ((getattr(one.match, key), getattr(other.match, key)) for key in _OPEN[1:])
    )
