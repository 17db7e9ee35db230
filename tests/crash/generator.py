"""Articles made from a seed: reports in eight languages, copies, repetitions, revisions, and what is no article."""

import json
from collections import deque
from datetime import UTC, datetime
from random import Random
from typing import Final

import msgspec
import yaml

from processors.article import Article, TimeBasis, digest
from processors.catalogue import Catalogue
from processors.durations import HOUR
from processors.signature import signature_of
from streams.codec import Reason
from tests.crash.texts import ABOVE, ACTORS, LANGUAGES, TOPICS, Named, addition, named, write

GAP: Final = 100
"""A revision comes at least this many messages after its article, so that it is sent once the article is there."""

LARGEST: Final = 64 * 1024
"""The largest article of a crash test, in bytes, so that oversize ones are cheap."""

RULES: Final = 48
SOURCES: Final = 200
SPAN: Final = 6 * HOUR


class Version(msgspec.Struct, frozen=True):
    """One version of an article, with what it names; `story` is that of its first version."""

    article: Article
    named: Named
    story: str

    def wire(self) -> bytes:
        """Return it as it stands on Kafka."""
        article = self.article
        published = datetime.fromtimestamp(article.published_at, UTC).isoformat()
        fields = {name: getattr(article, name) for name in ("id", "title", "body", "lang", "source")}
        return json.dumps(fields | {"published_at": published}, ensure_ascii=False).encode()


class WatchRule(msgspec.Struct, frozen=True):
    """A rule as the generator knows it."""

    id: str
    pair: tuple[str, str]
    topics: tuple[str, ...]

    @property
    def key(self) -> str:
        """Return the key of its alerts."""
        return "+".join(self.pair)

    def met_for(self, what: Named) -> frozenset[str] | None:
        """Return the topics for which something named meets the rule, None when it does not."""
        if not what.actors.issuperset(self.pair):
            return None
        fit = {t for t in what.topics if not self.topics or not {t, *ABOVE.get(t, ())}.isdisjoint(self.topics)}
        return frozenset(fit) if fit or not self.topics else None


class Message(msgspec.Struct, frozen=True):
    """A message for the Kafka topic of articles."""

    key: bytes
    value: bytes


class Plan(msgspec.Struct, frozen=True):
    """Everything that is fed, in order, and what it is."""

    messages: list[Message]
    versions: list[Version]
    poison: dict[bytes, Reason]
    rules: list[WatchRule]


class Generator:
    """Makes a plan: the same for the same seed, number and time."""

    def __init__(self, seed: int, now: float, catalogue: Catalogue) -> None:
        self._random = Random(seed)  # noqa: S311 - repeatable on purpose
        self._now = float(int(now))
        self._catalogue = catalogue
        self._plan = Plan([], [], {}, self._rules())
        self._settled: list[Version] = []
        self._recent: deque[Version] = deque()
        self._revised: set[str] = set()

    def plan(self, number: int) -> Plan:
        """Return a plan of so many messages."""
        make = {self._report: 70, self._copy: 12, self._again: 8, self._revision: 8, self._poison: 2}
        for _ in range(number):
            (maker,) = self._random.choices(list(make), list(make.values()))
            maker()
            self._settle()
        return self._plan

    def _rules(self) -> list[WatchRule]:
        rules = []
        for number in range(RULES):
            one, other = sorted(self._random.sample(ACTORS, 2))
            topics = self._random.sample(
                [*TOPICS, *(name for above in ABOVE.values() for name in above)], self._random.choice((0, 0, 1, 2))
            )
            while not named((one, other), ()).pairs():
                one, other = sorted(self._random.sample(ACTORS, 2))
            rules.append(WatchRule(f"watch-{number}", (one, other), tuple(sorted(set(topics)))))
        return rules

    def _report(self) -> None:
        number = len(self._plan.messages)
        actors, topics = self._names()
        lang = self._random.choice(list(LANGUAGES))
        title, body = write(self._catalogue, lang, number, actors, topics)
        self._add(self._article(f"report-{number}", lang, title, body), named(actors, topics))

    def _names(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        watched = self._random.choice(self._plan.rules)
        actors = [*watched.pair] if self._random.random() < 0.4 else []
        actors += self._random.sample(ACTORS, self._random.choice((0, 1, 2)) + (not actors))
        topics = self._random.sample(TOPICS, self._random.choice((0, 1, 1, 2)))
        return tuple(dict.fromkeys(actors)), tuple(topics)

    def _copy(self) -> None:
        if not self._settled:
            return self._report()
        original = self._random.choice(self._settled)
        there = original.article
        copied = self._article(f"copy-{len(self._plan.messages)}", there.lang, there.title, there.body)
        return self._add(copied, original.named)

    def _again(self) -> None:
        if not self._plan.versions:
            return self._report()
        return self._send(self._random.choice(self._plan.versions))

    def _revision(self) -> None:
        version = self._random.choice(self._settled) if self._settled else None
        if version is None or version.article.id in self._revised:
            return self._report()
        self._revised.add(version.article.id)
        added = tuple(self._random.sample(ACTORS, 1))
        body = f"{version.article.body} {addition(self._catalogue, version.article.lang, added)}"
        article = msgspec.structs.replace(version.article, body=body, version=digest(version.article.title, body))
        more = named(added, ())
        names = Named(version.named.actors | more.actors, version.named.topics)
        revision = Version(article, names, version.story)
        self._plan.versions.append(revision)
        return self._send(revision)

    def _poison(self) -> None:
        key = f"poison-{len(self._plan.messages)}".encode()
        reason, value = self._random.choice(_poisons(key.decode()))
        self._plan.poison[key] = reason
        self._plan.messages.append(Message(key, value))

    def _article(self, name: str, lang: str, title: str, body: str) -> Article:
        return Article(
            id=name,
            title=title,
            body=body,
            lang=lang,
            source=f"source-{self._random.randrange(SOURCES)}",
            published_at=self._now - self._random.randrange(60, int(SPAN)),
            time_basis=TimeBasis.PUBLISHED,
            version=digest(title, body),
        )

    def _add(self, article: Article, names: Named) -> None:
        version = Version(article, names, signature_of(article).text)
        self._plan.versions.append(version)
        self._recent.append(version)
        self._send(version)

    def _send(self, version: Version) -> None:
        self._plan.messages.append(Message(version.article.id.encode(), version.wire()))

    def _settle(self) -> None:
        while len(self._recent) > GAP:
            self._settled.append(self._recent.popleft())


def rule_file(rules: list[WatchRule]) -> str:
    """Return the rules as an analyst would write them."""
    entries = [
        {"id": r.id, "pair": [*r.pair], **({"topics": [*r.topics]} if r.topics else {}), "cooldown": "0s"}
        for r in rules
    ]
    return str(yaml.safe_dump({"rules": entries}, allow_unicode=True))


def _poisons(name: str) -> list[tuple[Reason, bytes]]:
    return [
        (Reason.EMPTY, b"  "),
        (Reason.TOO_LARGE, json.dumps({"title": name, "body": "x" * LARGEST}).encode()),
        (Reason.NOT_UTF8, name.encode() + b"\xff\xfe"),
        (Reason.NOT_JSON, f"<p>{name}</p>".encode()),
        (Reason.TOO_DEEP, b'{"deep": ' + b"[" * 20_000),
        (Reason.WRONG_TYPE, json.dumps({"title": [name]}).encode()),
        (Reason.NUL_BYTE, json.dumps({"title": f"{name}\0"}).encode()),
        (Reason.NO_TEXT, json.dumps({"id": name, "title": " "}).encode()),
        (Reason.BAD_TIME, json.dumps({"title": name, "published_at": "yesterday"}).encode()),
        (Reason.IMPLAUSIBLE_TIME, json.dumps({"title": name, "published_at": "2999-01-01T00:00:00Z"}).encode()),
    ]
