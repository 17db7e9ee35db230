"""Stories: copies of one report count as one story.

Copies are told by their text, letter case, spaces and punctuation aside; the title may differ.
"""

import re
from collections.abc import Sequence

from processors.article import Article, digest
from processors.keys import Keys
from processors.scripts import Call, RedisClient, load_script, packed, run

_LETTERS = re.compile(r"[^\W_]+")
_TELLING = 80
"""A body of fewer letters (a headline with a teaser) says too little to tell a report by it alone."""


def text_signature(article: Article) -> str:
    """Return what the copies of one report share."""
    body = _letters(article.body)
    if len(body) >= _TELLING:
        return digest(body)
    return digest(_letters(article.title), body)


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(text.casefold()))


class StoryStore:
    """Which story an article belongs to, in Redis."""

    def __init__(self, redis: RedisClient, keys: Keys, ttl: float) -> None:
        self._redis = redis
        self._keys = keys
        self._ttl = int(ttl)
        self._script = load_script("processors", "story")

    async def assign(self, articles: Sequence[Article]) -> list[str]:
        """Return the story id of each article: the signature of the text that opened the story."""
        if not articles:
            return []
        keys = [self._keys.story_of(article.id) for article in articles]
        opened = packed([text_signature(article) for article in articles])
        (stories,) = await run(self._redis, [Call(self._script, keys, [self._ttl, opened])])
        return [story.decode() for story in stories]
