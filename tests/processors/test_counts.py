"""Rolling counts on a real Redis."""

import pytest
from redis.asyncio import Redis

from processors.counts import Counted, Counts, CountStore, Subject, ToCount, actor_subject, pair_subject
from processors.keys import Keys
from processors.tagging import Tagger
from tests.makers import NOON, make_article

BOTH = pair_subject("state/RU", "state/KP")


@pytest.fixture
def store(redis: Redis, keys: Keys) -> CountStore:
    return CountStore(redis, keys, 3600, 86400)


def item(tagger: Tagger, article: str = "a1", story: str = "s1", source: str = "one", at: float = NOON) -> ToCount:
    return ToCount(tagger.tag(make_article(id=article, source=source, published_at=at)), story)


@pytest.mark.anyio
async def test_an_article_is_counted_once_however_often_it_comes(store: CountStore, tagger: Tagger) -> None:
    first = await store.add([item(tagger)])
    again = await store.add([item(tagger), item(tagger)])
    assert (first, again) == ([Counted.NEW], [Counted.DUPLICATE, Counted.DUPLICATE])
    assert await store.read([BOTH], NOON, 86400) == [Counts(1, 1, 1)]


@pytest.mark.anyio
async def test_copies_are_articles_of_one_story(store: CountStore, tagger: Tagger) -> None:
    await store.add([item(tagger, article, source=article) for article in ("a1", "a2", "a3")])
    assert await store.read([BOTH], NOON, 86400) == [Counts(articles=3, stories=1, sources=3)]


@pytest.mark.anyio
async def test_a_revision_is_counted_for_what_is_new_in_it(store: CountStore, tagger: Tagger) -> None:
    await store.add([item(tagger)])
    more = tagger.tag(make_article(body="Russia and North Korea; China too."))
    assert await store.add([ToCount(more, "s1")]) == [Counted.REVISED]
    russia, china = await store.read([actor_subject("state/RU"), actor_subject("state/CN")], NOON, 86400)
    assert (russia.articles, china.articles) == (1, 1)


@pytest.mark.anyio
async def test_what_lies_before_the_window_is_not_counted(store: CountStore, tagger: Tagger) -> None:
    # ......|a1|......................|a2|now
    #            <------- 6 h ------------->
    await store.add([item(tagger, "a1", "s1", at=NOON - 12 * 3600), item(tagger, "a2", "s2")])
    assert (await store.read([BOTH], NOON, 6 * 3600))[0].articles == 1
    assert (await store.read([BOTH], NOON, 24 * 3600))[0].articles == 2


@pytest.mark.anyio
async def test_the_top_is_by_stories(store: CountStore, tagger: Tagger) -> None:
    await store.add([item(tagger)])
    china = tagger.tag(make_article(id="a2", body="China and Japan."))
    await store.add([ToCount(china, "s2"), ToCount(tagger.tag(make_article(id="a3", body="China.")), "s3")])
    assert (await store.top(Subject.ACTOR, NOON, 86400, 1)) == [actor_subject("state/CN")]
