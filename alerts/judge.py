"""Judging: which rules an article fits, and what comes of it."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

import msgspec

from alerts.alert import Alert, AlertCounts
from alerts.decision import Decision, outcome_of
from alerts.kinds.base import Remembered
from alerts.kinds.model import Absence, Match, New, Threshold
from alerts.making import Label, alert_of, group_name, subject_of
from alerts.rule import CountOf, Fit, Rule
from alerts.silences import Silence, Silences, as_text, silence_over
from processors.counts import CountStore, ToCount
from processors.durations import DAY
from processors.keys import Keys, slot_of
from processors.scripts import Call, RedisClient, load_script, packed, run
from processors.tags import TaggedArticle

COUNTS_WINDOW = DAY


class Rules(Protocol):
    """The rules in force."""

    @property
    def rules(self) -> list[Rule]:
        """Return all of them."""

    def look(self, tagged: TaggedArticle) -> tuple[list[Fit], int]:
        """Return the rules that an article fits, by group, and how many it was held against."""


class _Item(NamedTuple):
    """A rule that an article fits, and the alert that comes of it if it is let out."""

    article: ToCount
    fit: Fit
    alert: Alert | None
    silence: str


class Judge:
    """The rules in force, with what they have decided so far in Redis."""

    def __init__(
        self,
        redis: RedisClient,
        keys: Keys,
        counts: CountStore,
        rules: Rules,
        *,
        ttl: float,
        max_age: float,
        label: Label = str,
    ) -> None:
        """Judge by `rules`; `label` names actors and topics in the summaries of alerts."""
        self.rules: Rules = rules
        self.silences = Silences(redis, keys)
        self._redis = redis
        self._keys = keys
        self._counts = counts
        self._ttl = int(ttl)
        self._max_age = max_age
        self.evaluated: Callable[[int], object] = lambda _: None
        """Is told how often articles were held against a rule."""
        self._label = label
        self._scripts = {
            kind.name: load_script("alerts.kinds", "common", kind.name) for kind in (Match, Threshold, New, Absence)
        }

    async def run(self, batch: Sequence[ToCount], now: float) -> list[Decision]:
        """Judge articles in order; alerts are in the outbox when this returns."""
        looks = [self.rules.look(item.tagged) for item in batch]
        self.evaluated(sum(evaluated for _, evaluated in looks))
        return await self.decide(
            [(item, fit) for item, (fits, _) in zip(batch, looks, strict=True) for fit in fits], now
        )

    async def decide(self, fitting: Sequence[tuple[ToCount, Fit]], now: float) -> list[Decision]:
        """Decide of articles for the rules they fit, each once however often it is asked.

        An article without a source is none, where sources are counted.
        """
        fitting = [(article, fit) for article, fit in fitting if _counts(article, fit.rule)]
        if not fitting:
            return []
        silences = await self.silences.in_force(now)
        counts = await self._counted({name for _, fit in fitting if (name := _subject(fit))}, now)
        lots: defaultdict[tuple[int, str], list[_Item]] = defaultdict(list)
        for article, fit in fitting:
            lots[slot_of(fit.rule.id), fit.rule.kind.name].append(self._item(article, fit, counts, silences, now))
        answers = await run(self._redis, [self._call(*lot, items, now) for lot, items in lots.items()])
        return [
            _decision(item, answer)
            for items, found in zip(lots.values(), answers, strict=True)
            for item, answer in zip(items, found, strict=True)
        ]

    def _item(
        self, article: ToCount, fit: Fit, counts: Mapping[str, AlertCounts], silences: Sequence[Silence], now: float
    ) -> _Item:
        if isinstance(fit.rule.kind, Absence):
            return _Item(article, fit, None, "")
        silence = silence_over(silences, fit.rule.id, fit.actors, fit.topics, now)
        alert = alert_of(fit, article, counts.get(subject_of(fit.rule, fit.group) or ""), now, self._label)
        return _Item(article, fit, alert, as_text(silence))

    async def _counted(self, subjects: set[str], now: float) -> dict[str, AlertCounts]:
        named = sorted(subjects)
        found = await self._counts.read(named, now, COUNTS_WINDOW)
        return {name: AlertCounts.of(counts, COUNTS_WINDOW) for name, counts in zip(named, found, strict=True)}

    def _call(self, slot: int, kind: str, items: Sequence[_Item], now: float) -> Call:
        keys = [self._keys.outbox(slot), *(key for item in items for key in self._keys_of(item))]
        alerts = [msgspec.json.encode(item.alert) if item.alert else b"" for item in items]
        asked = [self._asked(item, now) for item in items]
        return Call(self._scripts[kind], keys, [self._ttl, packed(asked), *alerts])

    def _keys_of(self, item: _Item) -> list[str]:
        rule, group = item.fit.rule, group_name(item.fit.rule, item.fit.group)
        names = {Remembered.ARTICLE: item.article.tagged.article.id, Remembered.STORY: item.article.story}
        return [
            self._keys.judged(what, rule.id, rule.state, group, names[what])
            if what in names
            else self._keys.of_rule(rule.id, rule.state)
            if what is Remembered.RULE
            else self._keys.of_group(what, rule.id, rule.state, group)
            for what in rule.kind.keys
        ]

    def _asked(self, item: _Item, now: float) -> dict[str, object]:
        rule, article = item.fit.rule, item.article.tagged.article
        max_age = self._max_age if rule.max_age is None else rule.max_age
        return {
            "key": group_name(rule, item.fit.group),
            "article": article.id,
            "time": article.published_at,
            "member": _member(rule, item.article),
            "by_story": rule.count is CountOf.STORIES,
            "cooldown": rule.cooldown,
            "keep": kept(rule, self._ttl),
            "too_old": now - article.published_at > max_age,
            "silence": item.silence,
            **rule.kind.asks(),
        }


def kept(rule: Rule, ttl: float) -> float:
    """Return how long what a rule knows of a group is kept."""
    return ttl + max(rule.kind.span, rule.cooldown)


def _subject(fit: Fit) -> str | None:
    return None if isinstance(fit.rule.kind, Absence) else subject_of(fit.rule, fit.group)


def _counts(item: ToCount, rule: Rule) -> bool:
    return Remembered.WINDOW not in rule.kind.keys or _member(rule, item) != ""


def _member(rule: Rule, item: ToCount) -> str:
    article = item.tagged.article
    return {CountOf.STORIES: item.story, CountOf.ARTICLES: article.id, CountOf.SOURCES: article.source}[rule.count]


def _decision(item: _Item, answer: bytes) -> Decision:
    outcome, found, silence = outcome_of(answer)
    article = item.article.tagged.article.id
    return Decision(item.fit.rule, item.fit.group, article, outcome, item.alert, found, silence)
