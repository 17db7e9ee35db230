"""Reads files of tests, and finds what they name; every problem is told where it stands."""

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from alerts.rules.files import Entry
from alerts.rules.names import Names
from alerts.rules.problems import Problem
from alerts.rules.validate import validated, where_of
from alerts.silences import Silence
from alerts.testing.written import KEYS, WrittenArticle, WrittenSilence, WrittenTest, WrittenTests
from processors.durations import DAY
from processors.errors import InputError
from processors.tagging import nearest
from processors.yamlnodes import read_document

_FOR_EVER = 3650 * DAY
Report = Callable[[Sequence[object], str], None]
"""Is told the keys that lead to something wrong in a test, and what that is."""


class Source(NamedTuple):
    """The tests of a file, and where they stand."""

    entry: Entry
    written: WrittenTests


def read_tests(path: Path, problems: list[Problem]) -> Source | None:
    """Read a file of tests; None when it has problems, which are added to those known."""
    try:
        document = read_document(path)
    except OSError as error:
        problems.append(Problem(path, 1, 1, f"cannot be read: {error.strerror or error}; name a file of tests"))
        return None
    problems += [Problem(path, *fault.place, fault.what) for fault in document.faults]
    entry = Entry(path, document, (), document.content)
    if document.faults:
        return None
    written = validated(WrittenTests, entry, "test file", [*WrittenTests.model_fields], problems, KEYS)
    return Source(entry, written) if written else None


def reporter(entry: Entry, number: int, problems: list[Problem]) -> Report:
    """Return what adds problems of one test of a file to those known."""

    def report(steps: Sequence[object], what: str) -> None:
        whole = ("tests", number, *steps)
        problems.append(entry.problem(whole, f"test file: {where_of(entry, whole)}: {what}"))

    return report


def names_of(article: WrittenArticle, number: int) -> list[str]:
    """Return what a test calls the articles of an entry, the one of some number."""
    name = article.name or f"article {number + 1}"
    return [name] if article.count == 1 else [f"{name} {place + 1}" for place in range(article.count)]


def check_names(test: WrittenTest, rules: Sequence[str], report: Report) -> None:
    """Report what a test names that is not there: rules, and articles of its own."""
    for rule in test.rules:
        _known(rule, rules, ("rules",), "rule", report)
    at_work = test.rules or rules
    seen: set[str] = set()
    for number, article in enumerate(test.articles):
        _check_article(article, number, seen, report)
    for steps, rule, name in _expected(test):
        _known(rule, at_work, (*steps, "rule"), "rule", report)
        if name:
            _known(name, seen, (*steps, "article"), "article", report)


def _check_article(article: WrittenArticle, number: int, seen: set[str], report: Report) -> None:
    """Report an origin that stands nowhere before its article, and a name that is taken; note the names."""
    for key in ("copy_of", "revision_of"):
        origin = getattr(article, key)
        if origin:
            _known(origin, seen, ("articles", number, key), "article before it", report)
    taken = [name for name in names_of(article, number) if name in seen]
    if taken:
        report(("articles", number, "name"), f"there is an article {taken[0]} already; rename one")
    seen.update(names_of(article, number))


def _expected(test: WrittenTest) -> Iterator[tuple[tuple[object, ...], str, str]]:
    """Yield where a rule and an article are named, and their names."""
    for key in ("expect", "held_back", "why_not"):
        for number, one in enumerate(getattr(test, key)):
            yield (key, number), one.rule, one.article
    for number, silence in enumerate(test.silences):
        if silence.rule:
            yield ("silences", number), silence.rule, ""


def _known(name: str, known: Collection[str], steps: Sequence[object], what: str, report: Report) -> None:
    if name not in known:
        hint = nearest(name, known) or (f"; there are {', '.join([*known][:5])}" if known else "; there is none at all")
        report(steps, f"there is no {what} {name}{hint}")


def silences_of(test: WrittenTest, names: Names, report: Report) -> list[Silence]:
    """Return the silences of a test as they stand in Redis."""
    begin = test.start.timestamp()
    return [_silence(number, one, names, begin, report) for number, one in enumerate(test.silences)]


def _silence(number: int, written: WrittenSilence, names: Names, begin: float, report: Report) -> Silence:
    def found(find: Callable[[str], str], key: str, *named: str | None) -> tuple[str, ...]:
        try:
            return tuple(find(name) for name in named if name)
        except InputError as error:
            report(("silences", number, key), str(error))
            return ()

    actor, topic = found(names.actor, "actor", written.actor), found(names.topic, "topic", written.topic)
    pair = found(names.actor, "pair", *(written.pair or ()))
    return Silence(
        id=f"silence-{number + 1}", author="the test", reason=written.reason, rule=written.rule,
        starts=begin + written.since, ends=begin + (_FOR_EVER if written.until is None else written.until),
        actor=actor[0] if actor else None, pair=(pair[0], pair[1]) if pair else None,
        topic=topic[0] if topic else None, topics=tuple(sorted(names.below(frozenset(topic)))),
    )  # fmt: skip
