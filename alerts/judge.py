"""Judging: which rules an article meets, and what comes of it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from alerts.alert import Alert, AlertCounts, AlertTime, RuleRef, evidence, shortened
from alerts.kinds.model import Match
from alerts.outcome import Outcome
from alerts.rule import Fit, GroupBy
from alerts.rules import RuleIndex
from processors.article import digest
from processors.counts import Counts, CountStore, ToCount, pair_subject
from processors.durations import DAY
from processors.keys import Keys, slot_of
from processors.scripts import Call, RedisClient, load_script, packed, run

COUNTS_WINDOW = DAY


class Decision(msgspec.Struct, frozen=True):
    """What was decided for one article and one rule."""

    alert: Alert
    article_id: str
    outcome: Outcome


class Judge:
    """The rules in force, with what they have decided so far in Redis."""

    def __init__(
        self, redis: RedisClient, keys: Keys, counts: CountStore, rules: RuleIndex, *, ttl: float, max_age: float
    ) -> None:
        self.rules = rules
        self._redis = redis
        self._keys = keys
        self._counts = counts
        self._ttl = int(ttl)
        self._max_age = max_age
        self._script = load_script("alerts", "judge")

    async def run(self, batch: Sequence[ToCount], now: float) -> list[Decision]:
        """Judge articles in order; alerts are in the outbox when this returns."""
        met = [(item, fit) for item in batch for fit in self.rules.fits(item.tagged) if _is_judged(fit)]
        if not met:
            return []
        pairs = list({pair_subject(*_pair(fit)) for _, fit in met})
        counts = dict(zip(pairs, await self._counts.read(pairs, now, COUNTS_WINDOW), strict=True))
        slots: defaultdict[int, list[_Met]] = defaultdict(list)
        for item, fit in met:
            alert = make_alert(fit, item, counts[pair_subject(*_pair(fit))], now)
            slots[slot_of(fit.rule.id)].append(_Met(item, fit, alert))
        answers = await run(self._redis, [self._call(slot, items, now) for slot, items in slots.items()])
        return [
            Decision(met.alert, met.item.tagged.article.id, Outcome(outcome.decode()))
            for items, outcomes in zip(slots.values(), answers, strict=True)
            for met, outcome in zip(items, outcomes, strict=True)
        ]

    def _call(self, slot: int, items: "Sequence[_Met]", now: float) -> Call:
        keys = [self._keys.outbox(slot)]
        listed = []
        for item, fit, alert in items:
            rule, group = fit.rule, "+".join(fit.group)
            max_age = self._max_age if rule.max_age is None else rule.max_age
            article, time = item.tagged.article.id, alert.time.event
            state = self._keys.rule_state(rule.id, rule.state, group)
            keys += [state, self._keys.judged(state, "article", article), self._keys.judged(state, "story", item.story)]
            listed.append((article, time, rule.cooldown, now - time > max_age, group))
        return Call(self._script, keys, [self._ttl, packed(listed), *(msgspec.json.encode(m.alert) for m in items)])


class _Met(NamedTuple):
    """A rule that an article meets, and the alert that comes of it if it is let out."""

    item: ToCount
    fit: Fit
    alert: Alert


def make_alert(fit: Fit, item: ToCount, counts: Counts, now: float) -> Alert:
    """Return the alert that a rule raises for an article that fits it, should it be let out."""
    tagged, article, rule = item.tagged, item.tagged.article, fit.rule
    return Alert(
        id=digest("alert", rule.id, "+".join(fit.group), item.story),
        rule=RuleRef(rule.id, rule.revision, rule.severity),
        pair=_pair(fit),
        topics=fit.topics,
        title=shortened(article.title),
        story=item.story,
        counts=AlertCounts.of(counts, COUNTS_WINDOW),
        time=AlertTime(article.published_at, article.time_basis, now),
        evidence=evidence(tagged, _pair(fit), fit.topics),
    )


def _is_judged(fit: Fit) -> bool:
    """Tell whether a fit is of a kind of rule that is judged already."""
    return fit.rule.group_by is GroupBy.PAIR and isinstance(fit.rule.kind, Match)


def _pair(fit: Fit) -> tuple[str, str]:
    return fit.group[0], fit.group[1]
