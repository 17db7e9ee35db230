"""A rehearsal: articles go all the way to decisions at virtual times, on a Redis of its own; nothing is published."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final
from uuid import uuid4

from alerts.absences import Absences
from alerts.decision import Decision
from alerts.judge import Judge
from alerts.kinds.model import Absence
from alerts.rule import Fit
from alerts.rules import RuleIndex
from alerts.silences import Silence
from alerts.watermark import DEAD_AFTER, Watermark
from processors.counts import CountStore, ToCount
from processors.durations import DAY
from processors.keys import Keys
from processors.scripts import RedisClient
from processors.stories import StoryStore
from processors.tagging import Tagger
from processors.tags import TaggedArticle
from streams.local.private import client, private_redis

KEPT: Final = 3650 * DAY
"""How long everything is remembered, in seconds: a virtual clock may run for years."""

_BEAT: Final = DEAD_AFTER / 2
"""How often other news comes while the stream is alive, in seconds."""


class Rehearsal:
    """The one judge there is, with all that it stands on, and a clock that is an argument.

    Absences are exact when it ticks before the first article, once for each period, and before what ends one.
    """

    def __init__(
        self, redis: RedisClient, tagger: Tagger, rules: RuleIndex, *, max_age: float, story_window: float
    ) -> None:
        self.rules = rules
        self.has_absences = any(isinstance(rule.kind, Absence) for rule in rules.rules)
        keys = Keys(f"{uuid4().hex}:")
        self._stories = StoryStore(redis, keys, KEPT, story_window)
        self._counts = CountStore(redis, keys, KEPT, KEPT)
        label = tagger.catalogue.label
        self._judge = Judge(redis, keys, self._counts, rules, ttl=KEPT, max_age=max_age, label=label)
        self._absences = Absences(redis, keys, self._judge.silences, ttl=KEPT, max_age=max_age, label=label)
        self._watermark = Watermark(redis, keys, KEPT)

    async def silence(self, silence: Silence, now: float) -> None:
        """Add a silence; a copy that was read within a second before does not have it."""
        await self._judge.silences.add(silence, now)

    def awaited(self, tagged: TaggedArticle) -> list[Fit]:
        """Return the absences that an article may end."""
        return (
            [fit for fit in self.rules.fits(tagged) if isinstance(fit.rule.kind, Absence)] if self.has_absences else []
        )

    async def take(self, articles: Sequence[TaggedArticle], now: float) -> list[Decision]:
        """Bring articles that arrive at `now` all the way; return what was decided of them."""
        stories = await self._stories.assign([tagged.article for tagged in articles])
        items = [ToCount(tagged, story) for tagged, story in zip(articles, stories, strict=True)]
        await self._counts.add(items)
        decisions = await self._judge.run(items, now)
        await self._watermark.report({0: now}, [now])
        return decisions

    async def tick(self, now: float, *, alive: bool = True, since: float | None = None) -> list[Decision]:
        """Judge absences: all that came is processed up to `now`; while the stream is `alive` other news comes in.

        It came all along from `since`; without that at `now` only.
        """
        await self._watermark.report({0: now}, _others(now if since is None else since, now) if alive else ())
        low = await self._watermark.low(1)
        return await self._absences.tick(self.rules.rules, low, now) if low else []


def _others(since: float, now: float) -> list[float]:
    """Return when other news came."""
    return [*(since + number * _BEAT for number in range(int((now - since) // _BEAT) + 1)), now]


@asynccontextmanager
async def private() -> AsyncIterator[RedisClient]:
    """Give a Redis for rehearsals, which ends with the block; raise ServiceError."""
    with private_redis() as socket:
        async with client(socket) as redis:
            yield redis
