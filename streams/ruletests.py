"""Runs tests of watch rules: virtual time, the one judge there is, a Redis of its own."""

import time
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from alerts.decision import Decision
from alerts.kinds.model import Absence, New
from alerts.rules import RuleFileError, RuleIndex, read_rules
from alerts.rules.files import Entry, rule_files
from alerts.rules.problems import Problem
from alerts.rules.validate import validated
from alerts.testing.compare import Came, failures
from alerts.testing.written import KEYS, WrittenArticle, WrittenTest, WrittenTests
from processors.article import Article
from processors.errors import InputError
from processors.scripts import RedisClient
from processors.tagging import Tagger
from processors.yamlnodes import read_document
from streams.codec import WireArticle, decode, encode
from streams.rehearsal import Rehearsal, private
from streams.settings import Settings
from streams.wiring import load_tagger, rule_places

STEP: Final = 300.0
"""How far the virtual clock goes on between two ticks, in seconds; other news comes in as often, to keep it alive."""

_NO_LIMIT: Final = 1 << 30


class Arrival(NamedTuple):
    """An article with the time it arrives, in virtual seconds."""

    at: float
    article: Article


class Ready(NamedTuple):
    """A test with its articles made, and what the test calls them."""

    file: Path
    test: WrittenTest
    arrivals: list[Arrival]
    names: dict[str, str]


def read_tests(path: Path) -> WrittenTests:
    """Read a file of tests; raise RuleFileError that lists every problem with its line and column."""
    try:
        document = read_document(path)
    except OSError as error:
        raise RuleFileError([Problem(path, 1, 1, f"cannot be read: {error.strerror or error}")]) from error
    problems = [Problem(path, *fault.place, fault.what) for fault in document.faults]
    entry = Entry(path, document, (), document.content)
    written = None
    if not problems:
        written = validated(WrittenTests, entry, "test file", [*WrittenTests.model_fields], problems, KEYS)
    if written is None:
        raise RuleFileError(problems)
    return written


def prepare(file: Path, test: WrittenTest) -> Ready:
    """Make the articles of a test; raise InputError for what it calls by a name that it has not."""
    begin, made, arrivals = test.start.timestamp(), dict[str, Article](), list[Arrival]()
    for number, written in enumerate(test.articles):
        name = written.name or f"article {number + 1}"
        for place in range(written.count):
            at = begin + written.at + place * (written.every or 0.0)
            published = at if written.published is None else begin + written.published
            known = name if written.count == 1 else f"{name} {place + 1}"
            article = _article(file, test, written, made, (known, place + 1, published))
            made[known] = article
            arrivals.append(Arrival(at, article))
    names = {article.id: name for name, article in reversed(made.items())}
    return Ready(file, test, sorted(arrivals, key=lambda arrival: arrival.at), names)


def _article(
    file: Path, test: WrittenTest, written: WrittenArticle, made: dict[str, Article], this: tuple[str, int, float]
) -> Article:
    name, number, published = this
    title, body = written.title, written.body
    before = written.copy_of or written.revision_of
    if before and before not in made:
        message = f"{file}: test {test.name!r}: {before} is no article that came before; name one of {', '.join(made)}"
        raise InputError(message)
    old = made.get(before)
    if written.file:
        title, _, body = _text(file, test, written.file).partition("\n")
    if old:
        title, body = title or old.title, body or old.body
    wire = WireArticle(
        id=old.id if old and written.revision_of else name,
        title=title.replace("$n", str(number)),
        body=body.replace("$n", str(number)),
        lang=written.lang or (old.lang if old else None),
        source=written.source or f"source of {name}",
    )
    return msgspec.structs.replace(decode(encode(wire), published, _NO_LIMIT), published_at=published)


def _text(file: Path, test: WrittenTest, name: str) -> str:
    try:
        return (file.parent / name).read_text("utf-8")
    except OSError as error:
        message = f"{file}: test {test.name!r}: {name} cannot be read: {error.strerror}"
        raise InputError(message) from error


async def run_test(
    ready: Ready, redis: RedisClient, tagger: Tagger, rules: RuleIndex, limits: tuple[float, float]
) -> list[str]:
    """Return what came otherwise than a test says; `limits` are the greatest age of an article and the story window."""
    test, wanted = ready.test, set(ready.test.rules)
    unknown = wanted - {rule.id for rule in rules.rules}
    if unknown:
        return [f"there is no rule {', '.join(sorted(unknown))}"]
    chosen = rules.only(wanted) if wanted else rules
    rehearsal = Rehearsal(redis, tagger, chosen, max_age=limits[0], story_window=limits[1])
    decisions = [d async for found in _played(rehearsal, ready) for d in found]
    tagged = {name: tagger.tag(a.article) for a in ready.arrivals if (name := ready.names[a.article.id])}
    asked = [(one.rule, one.article) for one in test.why_not]
    missing = [article for _, article in asked if article not in tagged]
    if missing:
        return [f"there is no article {', '.join(missing)}"]
    why = {(rule, article): chosen.why(rule, tagged[article]) for rule, article in asked}
    return failures(test, Came(decisions, ready.names, test.start.timestamp()), why)


async def _played(rehearsal: Rehearsal, ready: Ready) -> AsyncIterator[list[Decision]]:
    """Yield what was decided, as the virtual clock goes on."""
    begin = ready.test.start.timestamp()
    timed = any(isinstance(rule.kind, Absence | New) for rule in rehearsal.rules.rules)
    last = ready.arrivals[-1].at if ready.arrivals else begin
    end = begin + ready.test.until if ready.test.until is not None else last
    if timed:
        yield await rehearsal.tick(begin, alive=_alive(ready.test, 0.0))
    for step, arrivals in _steps(ready.arrivals, begin, end, timed=timed):
        if arrivals:
            yield await rehearsal.take([arrival.article for arrival in arrivals], arrivals[-1].at)
        if timed:
            yield await rehearsal.tick(step, alive=_alive(ready.test, step - begin))


def _steps(
    arrivals: Sequence[Arrival], begin: float, end: float, *, timed: bool
) -> Iterator[tuple[float, list[Arrival]]]:
    """Yield the ticks of the virtual clock, each with what arrived since the one before."""
    lots = {step: [*lot] for step, lot in groupby(arrivals, lambda arrival: _step_of(arrival.at, begin))}
    steps: Iterable[int] = range(1, _step_of(max(end, begin), begin) + 1) if timed else ()
    for step in sorted({*lots, *steps}):
        yield begin + step * STEP, lots.get(step, [])


def _step_of(at: float, begin: float) -> int:
    return max(1, -int(-(at - begin) // STEP))


def _alive(test: WrittenTest, at: float) -> bool:
    return not any(dead.since <= at < dead.until for dead in test.dead)


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


async def run_files(paths: Sequence[Path], settings: Settings, only: str) -> AsyncIterator[Result]:
    """Run the tests of files whose name holds `only`; raise RuleFileError for a bad file of tests or of rules."""
    files = rule_files(paths)
    written = [(file, read_tests(file)) for file in files]  # all are read before one is run
    loaded: dict[tuple[Path, ...], tuple[Tagger, RuleIndex]] = {}
    async with private() as redis:
        for file, tests in written:
            places = tuple(file.parent / name for name in tests.rules) or tuple(rule_places(settings))
            if places not in loaded:
                tagger = load_tagger(settings, places)
                loaded[places] = tagger, read_rules(places, tagger).index
            for test in tests.tests:
                if only in test.name:
                    begun = time.perf_counter()
                    limits = (settings.max_age, settings.story_window)
                    found = await run_test(prepare(file, test), redis, *loaded[places], limits)
                    yield Result(file, test.name, found, time.perf_counter() - begun)
