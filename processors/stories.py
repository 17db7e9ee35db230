"""Stories: copies of one report count as one story.

A copy is a text of the same language, published within the window, with half of its five-word shingles in common
(Jaccard) or with four fifths of the shorter one's (containment); a short text is a copy of its equal only. Of several
the closest counts. An article keeps its story, whatever its revisions say; they are compared with later articles.

What texts are found and compared by lies in Redis by language and period of event time: copies are of one time however
late they arrive, and a replay groups as the articles did when they were new. A period lives for a window after the last
article was added to it, so memory is bounded by what arrives in one and a half windows.

All of it is in one hash slot. Two languages could be in two, but an article's story would then be forgotten
when a revision is found to be in another language. The price is that one node of a cluster holds all stories.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Final

from processors.article import Article
from processors.keys import Keys
from processors.scripts import Call, RedisClient, Value, load_script, packed, run
from processors.signature import FEWEST, NUMBER, Signature, signature_of

JACCARD: Final = 0.5
CONTAINMENT: Final = 0.8
PERIODS: Final = 2
"""Periods in a window. More of them hold fewer texts that are out of date, and cost more look-ups."""


class StoryStore:
    """Which story an article belongs to, in Redis."""

    def __init__(self, redis: RedisClient, keys: Keys, ttl: float, window: float) -> None:
        self._redis = redis
        self._keys = keys
        self._ttl = int(ttl)
        self._window = int(window)
        self._script = load_script("processors", "story")

    async def assign(self, articles: Sequence[Article]) -> list[str]:
        """Return the story id of each article: the digest of the text that opened the story."""
        if not articles:
            return []
        keys: dict[str, int] = {}
        items: list[tuple[object, ...]] = []
        texts: list[bytes] = []
        for article in articles:
            signature = signature_of(article)
            items.append(self._item(article, signature, keys))
            texts.append(_reference(article.id) + signature.bands + signature.shingles)
        args: list[Value] = [self._ttl, self._window, JACCARD, CONTAINMENT, FEWEST, packed(items), b"".join(texts)]
        (stories,) = await run(self._redis, [Call(self._script, [*keys], args)])
        return [story.decode() for story in stories]

    def _item(self, article: Article, signature: Signature, keys: dict[str, int]) -> tuple[object, ...]:
        def number(key: str) -> int:
            return keys.setdefault(key, len(keys) + 1)

        known = number(self._keys.story_of(article.id))
        period = int(article.published_at * PERIODS // self._window)
        near = range(period - PERIODS, period + PERIODS + 1) if signature.bands else ()
        places = [number(self._keys.story_texts(signature.lang, other)) for other in near]
        home = places[PERIODS] if places else 0
        time = max(0, int(article.published_at))
        sizes = len(signature.bands) // NUMBER, len(signature.shingles) // NUMBER
        return known, time, signature.text, signature.halvings, *sizes, places, home


def _reference(article: str) -> bytes:
    return blake2b(article.encode("utf-8", "surrogatepass"), digest_size=8).digest()
