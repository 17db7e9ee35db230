"""Stories on a real Redis."""

import pytest
from redis.asyncio import Redis

from processors.article import Article
from processors.durations import DAY
from processors.keys import Keys
from processors.signature import signature_of
from processors.stories import StoryStore
from tests.makers import NOON, make_article

WINDOW = 3 * DAY
TTL = 16 * DAY
PER_BAND = 8


@pytest.fixture
def stories(redis: Redis, keys: Keys) -> StoryStore:
    return StoryStore(redis, keys, TTL, WINDOW)


def report(name: str = "a1", first: int = 0, last: int = 100, lang: str = "en", at: float = NOON) -> Article:
    """Return an article that has the words from `first` to `last` of one long text."""
    body = " ".join(f"word{number}" for number in range(first, last))
    return make_article(id=name, body=body, lang=lang, published_at=at)


def headline(name: str, text: str) -> Article:
    return make_article(id=name, title=text, body="")


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("other", "joined"),
    [
        pytest.param(report("a2"), True, id="the same text"),
        pytest.param(report("a2", 20, 120), True, id="two thirds in common"),
        pytest.param(report("a2", 40, 140), False, id="two fifths in common"),
        pytest.param(report("a2", 70, 100), True, id="a part of it"),
        pytest.param(report("a2", 0, 600), True, id="a text that holds all of it"),
        pytest.param(report("a2", 90, 120), False, id="a third of a part"),
        pytest.param(report("a2", lang="fr"), False, id="another language"),
        pytest.param(report("a2", 1, 101, at=NOON + 2.9 * DAY), True, id="within the window"),
        pytest.param(report("a2", 1, 101, at=NOON - 2.9 * DAY), True, id="published before, arrived after"),
        pytest.param(report("a2", 1, 101, at=NOON + 3.1 * DAY), False, id="after the window"),
        pytest.param(report("a2", 1, 101, at=NOON - 3.1 * DAY), False, id="before the window"),
    ],
)
async def test_copies_join_a_story(stories: StoryStore, other: Article, *, joined: bool) -> None:
    (opened,) = await stories.assign([report()])
    assert opened == signature_of(report()).text
    assert (await stories.assign([other]) == [opened]) is joined


@pytest.mark.anyio
async def test_copies_in_one_batch_join_the_first_of_them(stories: StoryStore) -> None:
    found = await stories.assign([report("a1", 0, 100), report("a2", 500, 600), report("a3", 10, 110)])
    assert found == [found[0], signature_of(report("a2", 500, 600)).text, found[0]]


@pytest.mark.anyio
async def test_of_several_stories_the_closest_is_joined(stories: StoryStore) -> None:
    # words 0 ...... 100 ....... 200 ....... 300
    #       <-- far ------->
    #                <---- near ----------->
    #              <------ article ---->
    far, near = await stories.assign([report("a1", 0, 160), report("a2", 110, 300)])
    assert far != near
    assert await stories.assign([report("a3", 80, 260)]) == [near]


@pytest.mark.anyio
async def test_a_copy_may_join_a_story_by_another_copy(stories: StoryStore) -> None:
    found = [*await stories.assign([report("a1", 0, 100), report("a2", 25, 125), report("a3", 50, 150)])]
    assert found == [found[0]] * 3


@pytest.mark.anyio
async def test_headlines_join_when_they_are_equal_and_only_then(stories: StoryStore) -> None:
    first = "Markets close higher on Monday as investors wait for the central bank"
    other = first.replace("Monday", "Tuesday")
    found = await stories.assign([headline("a1", first), headline("a2", other), headline("a3", first.upper())])
    assert found[0] == found[2] != found[1]


@pytest.mark.anyio
async def test_a_revision_keeps_its_story_in_any_language_and_copies_of_it_join(stories: StoryStore) -> None:
    (opened,) = await stories.assign([report("a1")])
    for revised in (report("a1", 1000, 1100), report("a1", 2000, 2100, lang="fr"), headline("a1", "No more")):
        assert await stories.assign([revised]) == [opened]
    copies = [report("b1", 1010, 1110), report("b2", 2010, 2110, lang="fr")]
    assert await stories.assign(copies) == [opened, opened]


@pytest.mark.anyio
async def test_what_is_delivered_again_is_given_the_same_story_and_changes_nothing(
    stories: StoryStore, redis: Redis, keys: Keys
) -> None:
    batch = [report("a1"), report("a2", 20, 120), headline("a3", "Short")]
    found = await stories.assign(batch)
    before = await contents(redis, keys)
    assert await stories.assign([*batch, *batch]) == [*found, *found]
    assert await contents(redis, keys) == before


@pytest.mark.anyio
async def test_a_story_is_remembered_when_the_texts_are_not(stories: StoryStore, redis: Redis, keys: Keys) -> None:
    (opened,) = await stories.assign([report("a1")])
    assert await stories.assign([report("a2", 10, 110)]) == [opened]
    for key in await texts(redis, keys):
        await redis.delete(key)
    assert await stories.assign([report("a2", 10, 110)]) == [opened]
    assert await stories.assign([report("a3", 10, 110)]) != [opened]


@pytest.mark.anyio
async def test_every_key_expires(stories: StoryStore, redis: Redis, keys: Keys) -> None:
    await stories.assign([report("a1"), headline("a2", "Short"), report("a3", lang="fr")])
    left = {key: await redis.ttl(key) for key in await all_keys(redis, keys)}
    assert {key: seconds for key, seconds in left.items() if b":of:" in key and not TTL - 60 < seconds <= TTL} == {}
    assert {
        key: seconds for key, seconds in left.items() if b":texts:" in key and not WINDOW - 60 < seconds <= WINDOW
    } == {}
    assert len(left) == 5


@pytest.mark.anyio
async def test_a_band_holds_a_bounded_number_of_candidates(stories: StoryStore, redis: Redis, keys: Keys) -> None:
    await stories.assign([report(f"a{n}", n, 300 + n) for n in range(3 * PER_BAND)])
    (key,) = await texts(redis, keys)
    bands = [len(value) / 8 for field, value in (await redis.hgetall(key)).items() if len(field) == 4]
    assert max(bands) == PER_BAND


@pytest.mark.anyio
async def test_equal_copies_take_no_room_among_the_texts(stories: StoryStore, redis: Redis, keys: Keys) -> None:
    await stories.assign([report("a1")])
    (key,) = await texts(redis, keys)
    before = await redis.hlen(key)
    await stories.assign([report("a2"), report("a3")])
    assert await redis.hlen(key) == before


@pytest.mark.anyio
async def test_everything_is_in_one_slot(stories: StoryStore, redis: Redis, keys: Keys) -> None:
    await stories.assign([report("a1"), report("a2", lang="zh")])
    assert {key.partition(b"{")[2].partition(b"}")[0] for key in await all_keys(redis, keys)} == {b"stories"}


async def all_keys(redis: Redis, keys: Keys) -> list[bytes]:
    pattern = keys.story_of("").partition("{")[0] + "*"
    return [key async for key in redis.scan_iter(pattern, count=1000)]


async def texts(redis: Redis, keys: Keys) -> list[bytes]:
    return [key for key in await all_keys(redis, keys) if b":texts:" in key]


async def contents(redis: Redis, keys: Keys) -> dict[bytes, bytes | None]:
    return {key: await redis.dump(key) for key in await all_keys(redis, keys)}
