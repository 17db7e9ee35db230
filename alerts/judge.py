"""Judging: which rules an article meets, and what comes of it."""

from collections.abc import Sequence

import msgspec

from alerts.alert import Alert, AlertCounts, AlertTime, RuleRef, evidence, shortened
from alerts.rules import Outcome, Rule, RuleIndex
from processors.article import digest
from processors.counts import Counts, CountStore, ToCount, pair_subject
from processors.durations import DAY
from processors.keys import Keys, slot_of
from processors.scripts import RedisClient, load_script

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
        self._script = load_script(redis, "alerts", "judge")

    async def run(self, batch: Sequence[ToCount], now: float) -> list[Decision]:
        """Judge articles in order; alerts are in the outbox when this returns."""
        met = [(item, *found) for item in batch for found in self.rules.met_by(item.tagged)]
        if not met:
            return []
        pairs = [pair_subject(*rule.pair) for _, rule, _ in met]
        counts = dict(zip(pairs, await self._counts.read(pairs, now, COUNTS_WINDOW), strict=True))
        alerts = [
            make_alert(rule, item, topics, counts[pair], now)
            for (item, rule, topics), pair in zip(met, pairs, strict=True)
        ]
        pipeline = self._redis.pipeline(transaction=False)
        for (item, rule, _), alert in zip(met, alerts, strict=True):
            too_old = now - alert.time.event > self._max_age
            await self._script(
                keys=[
                    self._keys.decisions(rule.id, rule.state, rule.group),
                    self._keys.outbox(slot_of(rule.id)),
                ],
                args=[
                    item.tagged.article.id,
                    item.story,
                    repr(alert.time.event),
                    repr(rule.cooldown),
                    int(too_old),
                    self._ttl,
                    rule.group,
                    msgspec.json.encode(alert),
                ],
                client=pipeline,
            )
        outcomes = [Outcome(answer.decode()) for answer in await pipeline.execute()]
        return [
            Decision(alert, item.tagged.article.id, outcome)
            for (item, _, _), alert, outcome in zip(met, alerts, outcomes, strict=True)
        ]


def make_alert(rule: Rule, item: ToCount, topics: tuple[str, ...], counts: Counts, now: float) -> Alert:
    """Return the alert that `rule` raises for an article, should it be let out."""
    tagged, article = item.tagged, item.tagged.article
    return Alert(
        id=digest("alert", rule.id, rule.group, item.story),
        rule=RuleRef(rule.id, rule.revision, rule.severity),
        pair=rule.pair,
        topics=topics,
        title=shortened(article.title),
        story=item.story,
        counts=AlertCounts.of(counts, COUNTS_WINDOW),
        time=AlertTime(article.published_at, article.time_basis, now),
        evidence=evidence(tagged, rule.pair, topics),
    )
