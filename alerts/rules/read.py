"""Reads the watch rules: every file, every problem, and what is in force."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from alerts.rules.checks import LIMITS, Limits, impossible
from alerts.rules.compile import compile_rule
from alerts.rules.files import Entry, read_entries, rule_files
from alerts.rules.index import RuleIndex
from alerts.rules.names import Names
from alerts.rules.problems import Level, Problem, RuleFileError
from alerts.rules.resolved import resolve
from alerts.rules.routes import WrittenRoute, routed
from alerts.rules.sample import too_many
from alerts.rules.seen import SPORT
from alerts.rules.shadows import Ready, shadowed
from alerts.rules.validate import check_definition, name_of, route_of, rule_of, where_of
from processors.collector import paused_collector
from processors.tagging import Tagger
from processors.tags import TaggedArticle


class RuleSet(msgspec.Struct, frozen=True):
    """The rules of some files: those in force, those that are not, and what is doubtful about them."""

    index: RuleIndex
    disabled: tuple[str, ...]
    warnings: tuple[Problem, ...]


def read_rules(
    places: Iterable[Path], tagger: Tagger, limits: Limits = LIMITS, sample: Sequence[TaggedArticle] = ()
) -> RuleSet:
    """Read the rules of files and folders; raise RuleFileError that lists every problem when there is an error.

    `sample` are articles that no rule should fit too often.
    """
    with paused_collector():
        return _read_rules([*places], tagger, limits, sample)


def _read_rules(places: Sequence[Path], tagger: Tagger, limits: Limits, sample: Sequence[TaggedArticle]) -> RuleSet:
    reader = _Reader(Names(tagger), limits)
    ready = [rule for entry in reader.entries(places) if (rule := reader.rule(entry))]
    warnings = [_warning(rule, what) for rule, what in shadowed(ready)]
    if reader.problems:
        raise RuleFileError([*reader.problems, *warnings])
    enabled = [rule for rule in ready if rule.written.enabled]
    compiled = [
        compile_rule(number, routed(rule.written, reader.routes), rule.match, rule.shown)
        for number, rule in enumerate(enabled)
    ]
    catalogue = tagger.catalogue
    index = RuleIndex(compiled, catalogue.ancestors(SPORT) if SPORT in catalogue.topics else ())
    warnings += [_warning(enabled[number], what) for number, what in too_many(index, sample)]
    disabled = tuple(rule.written.id for rule in ready if not rule.written.enabled)
    return RuleSet(index, disabled, tuple(sorted(warnings)))


def _warning(rule: Ready, what: str) -> Problem:
    return rule.entry.problem(("id",), f"rule {rule.written.id}: {what}", Level.WARNING)


class _Reader:
    """Reads entry by entry, and notes what is wrong."""

    def __init__(self, names: Names, limits: Limits) -> None:
        self.problems: list[Problem] = []
        self.routes: list[WrittenRoute] = []
        self._names = names
        self._limits = limits
        self._ids: dict[str, Entry] = {}

    def entries(self, places: Sequence[Path]) -> Iterator[Entry]:
        """Yield the rules of all files."""
        files = rule_files(places)
        if not files:
            what = "there are no rules; a file of rules ends in .yaml or .yml"
            self.problems += [Problem(place, 1, 1, what) for place in places]
        for file in files:
            found = read_entries(file, self.problems)
            for definition in (*found.get("actors", ()), *found.get("topics", ())):
                check_definition(definition, self.problems)
            self.routes += filter(None, (route_of(entry, self.problems) for entry in found.get("routes", ())))
            yield from found.get("rules", ())

    def rule(self, entry: Entry) -> Ready | None:
        """Return the rule that an entry holds, with its names resolved; None when something is wrong with it."""
        before = len(self.problems)
        written = rule_of(entry, self.problems)
        self._claim(entry)
        if written is None:
            return None

        def report(steps: Sequence[str | int], what: str) -> None:
            where = where_of(entry, steps)
            self.problems.append(entry.problem(steps, f"{name_of(entry)}: {where}{': ' if where else ''}{what}"))

        match = resolve(written.match, self._names, report)
        if len(self.problems) == before:
            for steps, what in impossible(written, match, self._names, self._limits):
                report(steps, what)
        if len(self.problems) > before:
            return None
        return Ready(entry, written, match, self._names.below(frozenset((*match.any_topics, *match.all_topics))))

    def _claim(self, entry: Entry) -> None:
        """Note a rule's id; report one that is taken."""
        name = entry.content.get("id") if isinstance(entry.content, dict) else None
        if not isinstance(name, str):
            return
        first = self._ids.setdefault(name, entry)
        if first is not entry:
            place = first.document.at((*first.steps, "id"))
            what = f"rule {name}: there is one of this id already, at {first.file}:{place.line}; rename one"
            self.problems.append(entry.problem(("id",), what))
