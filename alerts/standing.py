"""How a rule stands with its groups: what it remembers of them, read from Redis; nothing there is changed."""

from collections.abc import Sequence
from typing import NamedTuple

from alerts.kinds.memory import Memory
from alerts.making import Group, group_name
from alerts.rule import Rule
from processors.keys import Keys, slot_of
from processors.scripts import RedisClient, execute

_READINGS = 3
"""How often Redis is asked for each group."""


class Stand(NamedTuple):
    """How a rule stands with a group, in words."""

    group: str
    found: str


async def standing(redis: RedisClient, keys: Keys, rule: Rule, groups: Sequence[Group], at: float) -> list[Stand]:
    """Return how a rule stands with groups, for an article of the time `at` that would come now."""
    names = [group_name(rule, group) for group in groups]
    memories = await _memories(redis, keys, rule, names)
    return [Stand(name, rule.kind.stands(memory, rule.count, at)) for name, memory in zip(names, memories, strict=True)]


async def _memories(redis: RedisClient, keys: Keys, rule: Rule, names: Sequence[str]) -> list[Memory]:
    pipeline = redis.pipeline(transaction=False)
    pipeline.hget(keys.of_rule(rule.id, rule.state), "began")
    pipeline.get(keys.absences(slot_of(rule.id)))
    pipeline.hget(keys.watermark(), "alive")
    for name in names:
        state, window = (keys.of_group(what, rule.id, rule.state, name) for what in ("state", "window"))
        pipeline.hget(state, "seen")
        pipeline.hget(state, "since")
        pipeline.zrevrange(window, 0, -1, withscores=True)
    began, judged, alive, *found = await execute(pipeline)
    of_rule = Memory(began=_number(began), judged=_number(judged), alive=_number(alive))
    return [
        of_rule._replace(seen=_number(seen), since=_number(since), times=[time for _, time in window])
        for seen, since, window in zip(*(found[n::_READINGS] for n in range(_READINGS)), strict=True)
    ]


def _number(text: bytes | None) -> float | None:
    return None if text is None else float(text)
