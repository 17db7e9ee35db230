"""Runs tests of watch rules: virtual time, the one judge there is, a Redis of its own."""

import time
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from alerts.rules import RuleFileError, RuleIndex, read_rules
from alerts.rules.files import rule_files
from alerts.rules.names import Names
from alerts.rules.problems import Problem
from alerts.silences import Silence
from alerts.testing.compare import Came, failures
from alerts.testing.read import Report, Source, check_names, names_of, read_tests, reporter, silences_of
from alerts.testing.written import WrittenArticle, WrittenTest
from processors.article import Article
from processors.scripts import RedisClient
from processors.tagging import Tagger
from streams.codec import BadArticleError, WireArticle, decode, encode
from streams.performance import Coming, play
from streams.rehearsal import Rehearsal, private
from streams.settings import Settings
from streams.wiring import load_tagger, rule_places

_NO_LIMIT: Final = 1 << 30


class Arrival(NamedTuple):
    """An article with the time it arrives, in virtual seconds, and what the test calls it."""

    at: float
    article: Article
    name: str


class Rules(NamedTuple):
    """The rules that a file tests, with the catalogue that they were read with."""

    tagger: Tagger
    in_force: RuleIndex


class Ready(NamedTuple):
    """A test that is ready to run."""

    file: Path
    test: WrittenTest
    arrivals: list[Arrival]
    silences: list[Silence]
    rules: Rules


class Result(NamedTuple):
    """What came of a test, and how long it took in seconds."""

    file: Path
    name: str
    failures: list[str]
    seconds: float

    @property
    def passed(self) -> bool:
        """Tell whether all came as expected."""
        return not self.failures


def prepare(paths: Sequence[Path], settings: Settings, only: str) -> list[Ready]:
    """Read the tests of files whose name holds `only`; raise RuleFileError that lists every problem of all of them."""
    problems: list[Problem] = []
    loaded: dict[tuple[Path, ...], Rules | None] = {}
    ready: list[Ready] = []
    for tests in filter(None, [read_tests(file, problems) for file in rule_files(paths)]):
        file = tests.entry.file
        places = tuple(file.parent / name for name in tests.written.rules) or tuple(rule_places(settings))
        if places not in loaded:
            loaded[places] = _rules(places, settings, problems)
        rules = loaded[places]
        if rules:
            ready += _ready(tests, rules, problems)
    if problems:
        raise RuleFileError(problems)
    return [one for one in ready if only in one.test.name]


def _rules(places: Sequence[Path], settings: Settings, problems: list[Problem]) -> Rules | None:
    try:
        tagger = load_tagger(settings, places)
        return Rules(tagger, read_rules(places, tagger).index)
    except RuleFileError as error:
        problems += error.problems
        return None


def _ready(tests: Source, rules: Rules, problems: list[Problem]) -> Iterator[Ready]:
    ids = [rule.id for rule in rules.in_force.rules]
    for number, test in enumerate(tests.written.tests):
        report = reporter(tests.entry, number, problems)
        check_names(test, ids, report)
        silences = silences_of(test, Names(rules.tagger), report)
        yield Ready(tests.entry.file, test, _arrivals(tests.entry.file, test, report), silences, rules)


def _arrivals(file: Path, test: WrittenTest, report: Report) -> list[Arrival]:
    """Return the articles of a test in the order in which they arrive."""
    begin, made, arrivals = test.start.timestamp(), dict[str, Article](), list[Arrival]()
    for number, written in enumerate(test.articles):
        origin = written.copy_of or written.revision_of
        if origin and origin not in made:
            continue  # it is reported with the other names
        for place, name in enumerate(names_of(written, number)):
            at = begin + written.at + place * (written.every or 0.0)
            published = None if written.published is None else begin + written.published
            try:
                made[name] = _article(file, written, made, name, place + 1, (at, published))
            except OSError as error:
                report(
                    ("articles", number, "file"), f"cannot be read: {error.strerror}; write its path from this file's"
                )
                break
            except BadArticleError as error:
                report(("articles", number), str(error))
                break
            arrivals.append(Arrival(at, made[name], name))
    return sorted(arrivals, key=lambda arrival: arrival.at)


def _article(
    file: Path, written: WrittenArticle, made: dict[str, Article], name: str, number: int,
    times: tuple[float, float | None],
) -> Article:  # fmt: skip
    """Return an article as a worker would have read it when it arrives."""
    title, body, (at, published) = written.title, written.body, times
    old = made.get(written.copy_of or written.revision_of)
    if written.file:
        title, _, body = (file.parent / written.file).read_text("utf-8").partition("\n")
    if old:
        title, body = title or old.title, body or old.body
    wire = WireArticle(
        id=old.id if old and written.revision_of else name,
        title=title.replace("$n", str(number)),
        body=body.replace("$n", str(number)),
        lang=written.lang or (old.lang if old else None),
        source=written.source or f"source of {name}",
        published_at=None if published is None else datetime.fromtimestamp(published, UTC).isoformat(),
    )
    return decode(encode(wire), at, _NO_LIMIT)


async def run_tests(ready: Sequence[Ready], settings: Settings) -> AsyncIterator[Result]:
    """Yield what came of each test as soon as it is known."""
    async with private() as redis:
        for one in ready:
            begun = time.perf_counter()
            found = await _run(one, redis, settings)
            yield Result(one.file, one.test.name, found, time.perf_counter() - begun)


async def _run(ready: Ready, redis: RedisClient, settings: Settings) -> list[str]:
    """Return what came otherwise than a test says."""
    test, (tagger, index), max_age = ready.test, ready.rules, settings.max_age
    rules = index.only({*test.rules}) if test.rules else index
    rehearsal = Rehearsal(redis, tagger, rules, max_age=max_age, story_window=settings.story_window)
    coming = [Coming(at, tagger.tag(article), name) for at, article, name in ready.arrivals]
    decided = [one async for one in play(rehearsal, test, coming, ready.silences, max_age)]
    tagged = {one.name: one.tagged for one in coming}
    why = {(one.rule, one.article): rules.why(one.rule, tagged[one.article]) for one in test.why_not}
    return failures(test, Came(decided, test.start.timestamp()), why)
