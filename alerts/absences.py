"""Absences: what did not come, judged as the watermark moves; any worker may, and each period is told once."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from alerts.alert import Alert
from alerts.decision import Decision, outcome_of
from alerts.judge import kept
from alerts.kinds.model import Absence, New
from alerts.making import Group, Label, alert_of_silence, group_name
from alerts.rule import Rule
from alerts.silences import Silence, Silences, as_text, silence_over
from alerts.watermark import Low
from processors.keys import Keys, slot_of
from processors.scripts import Call, RedisClient, load_script, packed, run


class _Watched(NamedTuple):
    """A group that a rule expects to hear of."""

    rule: Rule
    group: Group


class _Silent(NamedTuple):
    """A silence that has lasted for a number of periods, the last of which was not judged yet."""

    rule: Rule
    group: Group
    since: str
    periods: int
    alert: Alert


class Absences:
    """What rules know of silences, in Redis."""

    def __init__(
        self,
        redis: RedisClient,
        keys: Keys,
        silences: Silences,
        *,
        ttl: float,
        max_age: float,
        label: Label = str,
    ) -> None:
        self._redis = redis
        self._keys = keys
        self._silences = silences
        self._ttl = int(ttl)
        self._max_age = max_age
        self._label = label
        self._silent, self._tell, self._begin = (
            load_script("alerts.kinds", "common", name) for name in ("silent", "tell", "begin")
        )

    async def tick(self, rules: Sequence[Rule], low: Low, now: float) -> list[Decision]:
        """Judge all groups at the watermark; alerts, also those held back, are in the outbox when this returns."""
        watched: defaultdict[int, list[_Watched]] = defaultdict(list)
        for rule in rules:
            if isinstance(rule.kind, Absence):
                watched[slot_of(rule.id)] += [_Watched(rule, group) for group in rule.groups]
        calls = [self._look(slot, groups, low) for slot, groups in watched.items()]
        answers = await run(self._redis, [*calls, *self._beginnings(rules, low)])
        silent = {
            slot: [_found(groups[row[0] - 1], row, now, self._label) for row in found]
            for (slot, groups), found in zip(watched.items(), answers, strict=False)
            if found
        }
        return await self._told(silent, now)

    def _look(self, slot: int, groups: Sequence[_Watched], low: Low) -> Call:
        keys = [self._keys.absences(slot)]
        for rule, group in groups:
            where = (rule.id, rule.state, group_name(rule, group))
            keys.append(self._keys.of_rule(rule.id, rule.state))
            keys += [self._keys.of_group(what, *where) for what in ("state", "window")]
        asked = [{"keep": kept(rule, self._ttl), **rule.kind.asks()} for rule, _ in groups]
        return Call(self._silent, keys, [self._ttl, packed(asked), repr(low.time), repr(low.alive)])

    def _beginnings(self, rules: Sequence[Rule], low: Low) -> list[Call]:
        """Return calls that let rules begin which learn."""
        lots: defaultdict[int, list[Rule]] = defaultdict(list)
        for rule in rules:
            if isinstance(rule.kind, New):
                lots[slot_of(rule.id)].append(rule)
        return [
            Call(
                self._begin,
                [self._keys.of_rule(rule.id, rule.state) for rule in lot],
                [self._ttl, packed([kept(rule, self._ttl) for rule in lot]), repr(low.time)],
            )
            for lot in lots.values()
        ]

    async def _told(self, silent: dict[int, list[_Silent]], now: float) -> list[Decision]:
        silences = await self._silences.in_force(now) if silent else []
        calls = [self._call(slot, items, silences, now) for slot, items in silent.items()]
        answers = await run(self._redis, calls)
        return [
            _decision(item, answer)
            for items, found in zip(silent.values(), answers, strict=True)
            for item, answer in zip(items, found, strict=True)
            if answer
        ]

    def _call(self, slot: int, items: Sequence[_Silent], silences: Sequence[Silence], now: float) -> Call:
        keys = [self._keys.outbox(slot)]
        keys += [self._keys.of_group("state", i.rule.id, i.rule.state, group_name(i.rule, i.group)) for i in items]
        asked = [self._asked(item, silences, now) for item in items]
        return Call(self._tell, keys, [self._ttl, packed(asked), *(msgspec.json.encode(i.alert) for i in items)])

    def _asked(self, item: _Silent, silences: Sequence[Silence], now: float) -> dict[str, object]:
        rule, ended = item.rule, item.alert.time.event
        max_age = self._max_age if rule.max_age is None else rule.max_age
        silence = silence_over(silences, rule.id, item.alert.actors, item.alert.topics, now)
        return {
            "key": group_name(rule, item.group),
            "since": item.since,
            "periods": item.periods,
            "time": ended,
            "cooldown": rule.cooldown,
            "keep": kept(rule, self._ttl),
            "too_old": now - ended > max_age,
            "silence": as_text(silence),
        }


def _found(watched: _Watched, row: tuple[int, bytes, int, int], now: float, label: Label) -> _Silent:
    (rule, group), (_, since, periods, found) = watched, row
    begun = float(since) + (periods - 1) * rule.kind.span
    alert = alert_of_silence(rule, group, (begun, begun + rule.kind.span), found, now, label)
    return _Silent(rule, group, since.decode(), periods, alert)


def _decision(item: _Silent, answer: bytes) -> Decision:
    outcome, _, silence = outcome_of(answer)
    return Decision(item.rule, item.group, "", outcome, item.alert, None, silence)
