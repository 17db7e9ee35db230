"""How a rule stands in the workers' Redis, as lines below the tree of its conditions."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Final

from redis.exceptions import RedisError

from alerts.making import Group
from alerts.rule import GroupBy, Rule
from alerts.rules import RuleIndex
from alerts.standing import Stand, standing
from processors.errors import ServiceError
from processors.keys import Keys
from processors.tags import TaggedArticle
from streams.servers import locate_redis, redis_client
from streams.settings import Settings

MOST: Final = 20
"""Groups that are shown."""


def stands(settings: Settings, index: RuleIndex, rule_id: str, tagged: TaggedArticle) -> Iterator[str]:
    """Yield how a rule stands with the groups of an article; nothing for a rule that says nothing about time."""
    rule = next(rule for rule in index.rules if rule.id == rule_id)
    condition = rule.kind.condition(rule.count)
    if not condition:
        return
    groups = _groups(rule, [fit.group for fit in index.fits(tagged) if fit.rule.id == rule_id])
    yield f"{condition}, in Redis now:"
    if not groups:
        yield f"  which {rule.group_by} to look for is not known, since the article does not fit"
        return
    try:
        found = asyncio.run(_found(settings, rule, groups[:MOST], tagged.article.published_at))
    except (ServiceError, RedisError, OSError) as error:
        yield f"  not known: {_away(error)}"
        return
    yield from (f"  {stand.group}: {stand.found}" for stand in found)
    if len(groups) > MOST:
        yield f"  and {len(groups) - MOST} more"


def _groups(rule: Rule, fitting: Sequence[Group]) -> Sequence[Group]:
    """Return the groups of an article; of one that does not fit, those that the rule has whatever the article."""
    return fitting or rule.groups or ([()] if rule.group_by is GroupBy.RULE else [])


async def _found(settings: Settings, rule: Rule, groups: Sequence[Group], at: float) -> list[Stand]:
    async with redis_client(settings, locate_redis(settings)) as redis:
        return await standing(redis, Keys(settings.redis_prefix), rule, groups, at)


def _away(error: Exception) -> str:
    if isinstance(error, ServiceError):
        return str(error)
    return f"Redis cannot be read: {error}; is it up, and is `--redis` or MARSAD_REDIS right?"
