"""Stories: copies of one report count as one story.

Copies are told by their text, letter case, spaces and punctuation aside; the title may differ.
"""

import re
from collections.abc import Sequence

from processors.article import Article, digest
from processors.keys import Keys
from processors.scripts import RedisClient, load_script

_NOT_TEXT = re.compile(r"[\W_]+")
_TELLING = 80
"""A body of fewer letters (a headline with a teaser) says too little to tell a report by it alone."""


def text_signature(article: Article) -> str:
    """Return what the copies of one report share."""
    body = _NOT_TEXT.sub("", article.body.casefold())
    if len(body) >= _TELLING:
        return digest(body)
    return digest(_NOT_TEXT.sub("", article.title.casefold()), body)


class StoryStore:
    """Which story an article belongs to, in Redis."""

    def __init__(self, redis: RedisClient, keys: Keys, ttl: float) -> None:
        self._redis = redis
        self._keys = keys
        self._ttl = int(ttl)
        self._script = load_script(redis, "processors", "story")

    async def assign(self, articles: Sequence[Article]) -> list[str]:
        """Return the story id of each article: the signature of the text that opened the story."""
        if not articles:
            return []
        pipeline = self._redis.pipeline(transaction=False)
        for article in articles:
            signature = text_signature(article)
            keys = [self._keys.story_of(article.id), self._keys.story_text(signature)]
            await self._script(keys=keys, args=[signature, self._ttl], client=pipeline)
        return [story.decode() for story in await pipeline.execute()]
