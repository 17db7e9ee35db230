"""Judging on a real Redis."""

import pytest
from redis.asyncio import Redis

from alerts.judge import Judge
from alerts.outbox import LEASE_MS, Outbox
from alerts.outcome import Outcome
from alerts.rules import read_rules
from processors.counts import CountStore, ToCount
from processors.keys import RULE_SLOTS, Keys, slot_of
from processors.tagging import Tagger
from tests.makers import NOON, make_article

HOUR = 3600.0


@pytest.fixture
def judge(redis: Redis, keys: Keys, tagger: Tagger, tmp_path_factory: pytest.TempPathFactory) -> Judge:
    path = tmp_path_factory.mktemp("rules") / "rules.yaml"
    path.write_text("rules:\n- {id: watch, pair: [روسيا, كوريا الشمالية], topics: [military-cooperation]}\n", "utf-8")
    counts = CountStore(redis, keys, 3600, 86400)
    return Judge(redis, keys, counts, read_rules([path], tagger).index, ttl=3600, max_age=48 * HOUR)


def item(tagger: Tagger, article: str, story: str, at: float = NOON) -> ToCount:
    return ToCount(tagger.tag(make_article(id=article, published_at=at)), story)


async def outcomes(judge: Judge, *items: ToCount, now: float = NOON) -> list[Outcome]:
    return [decision.outcome for decision in await judge.run(items, now)]


@pytest.mark.anyio
async def test_a_redelivered_article_meets_its_recorded_decision(judge: Judge, tagger: Tagger) -> None:
    again = [await outcomes(judge, item(tagger, "a1", "s1")) for _ in range(3)]
    assert again == [[Outcome.FIRED]] * 3


@pytest.mark.anyio
async def test_a_redelivered_article_puts_no_second_alert_out(
    judge: Judge, tagger: Tagger, redis: Redis, keys: Keys
) -> None:
    for _ in range(3):
        await judge.run([item(tagger, "a1", "s1")], NOON)
    taken = await Outbox(redis, keys).take([slot_of("watch")], "a relay")
    assert [(entry.key, entry.alert.sequence) for entry in taken[slot_of("watch")]] == [(b"state/KP+state/RU", 1)]


@pytest.mark.anyio
async def test_a_copy_is_held_back_for_its_story(judge: Judge, tagger: Tagger) -> None:
    assert await outcomes(judge, item(tagger, "a1", "s1"), item(tagger, "a2", "s1")) == [Outcome.FIRED, Outcome.STORY]


@pytest.mark.anyio
async def test_cooldown_is_event_time(judge: Judge, tagger: Tagger) -> None:
    # a1 fires |---- one hour ----| a3 fires
    #             a2 is held
    inside, after = item(tagger, "a2", "s2", NOON + HOUR / 2), item(tagger, "a3", "s3", NOON + HOUR)
    found = await outcomes(judge, item(tagger, "a1", "s1"), inside, after, now=NOON + HOUR)
    assert found == [Outcome.FIRED, Outcome.COOLDOWN, Outcome.FIRED]


@pytest.mark.anyio
async def test_old_news_raises_no_alert(judge: Judge, tagger: Tagger) -> None:
    assert await outcomes(judge, item(tagger, "a1", "s1"), now=NOON + 49 * HOUR) == [Outcome.TOO_OLD]


@pytest.mark.anyio
async def test_an_alert_quotes_the_passage_that_names_both(judge: Judge, tagger: Tagger) -> None:
    (decision,) = await judge.run([item(tagger, "a1", "s1")], NOON)
    assert decision.alert
    passages = {passage.id: passage for passage in decision.alert.evidence}
    assert {"state/RU", "state/KP", "military-cooperation"} <= passages.keys()
    assert passages["state/KP"].sentence == "Russia and North Korea agreed on military cooperation."


@pytest.mark.anyio
async def test_one_relay_at_a_time_and_a_lost_lease_settles_nothing(
    judge: Judge, tagger: Tagger, redis: Redis, keys: Keys
) -> None:
    await judge.run([item(tagger, "a1", "s1")], NOON)
    outbox, slots = Outbox(redis, keys), range(RULE_SLOTS)
    taken = await outbox.take(slots, "one")
    assert [*taken] == [slot_of("watch")]
    assert await outbox.take(slots, "another") == {}
    assert await outbox.settle(taken, "another") == {}
    await judge.run([item(tagger, "a2", "s2", NOON + 2 * HOUR)], NOON)
    came_meanwhile = await outbox.settle(taken, "one")
    assert [entry.alert.story for entry in came_meanwhile[slot_of("watch")]] == ["s2"]
    assert await outbox.settle(came_meanwhile, "one") == {}
    await judge.run([item(tagger, "a3", "s3", NOON + 4 * HOUR)], NOON)
    assert [*await outbox.take(slots, "another")] == [slot_of("watch")]


@pytest.mark.anyio
async def test_a_dead_relays_lease_is_taken_over(judge: Judge, tagger: Tagger, redis: Redis, keys: Keys) -> None:
    await judge.run([item(tagger, "a1", "s1")], NOON)
    outbox, slots = Outbox(redis, keys), range(RULE_SLOTS)
    left_behind = await outbox.take(slots, "the dead")
    assert 0 < await redis.pttl(keys.lease(slot_of("watch"))) <= LEASE_MS
    await redis.pexpire(keys.lease(slot_of("watch")), 0)
    taken = await outbox.take(slots, "the heir")
    assert taken == left_behind
    assert await outbox.settle(left_behind, "the dead") == {}
    assert await outbox.settle(taken, "the heir") == {}


@pytest.mark.anyio
async def test_what_is_remembered_of_a_rule_expires(judge: Judge, tagger: Tagger, redis: Redis, keys: Keys) -> None:
    await judge.run([item(tagger, "a1", "s1")], NOON)
    remembered = [key async for key in redis.scan_iter(match=keys.of_group("*", "watch", "*", "*"))]
    assert len(remembered) == 3
    assert all([await redis.ttl(key) > 0 for key in remembered])
