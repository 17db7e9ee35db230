"""`marsad explain rule`: how a rule stands in a real Redis, as a worker's judge has left it."""

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from alerts.absences import Absences
from alerts.judge import Judge
from alerts.rules import read_rules
from alerts.watermark import Low
from processors.counts import CountStore, ToCount
from processors.keys import Keys
from processors.tagging import Tagger
from streams.cli import main
from streams.local.services import Addresses
from streams.servers import redis_client
from streams.settings import Settings
from tests.makers import ABOUT_BOTH, NOON, make_article
from tests.workers import environment

RULES = """
rules:
- {id: many, pair: [Russia, North Korea], threshold: 3, window: 1d}
- {id: fresh, pair: [Russia, North Korea], new: 7d, learning: 0s}
- {id: quiet, pair: [Chile, Peru], absence: 1d}
- {id: by-actor, topics: [trade], threshold: 3, group_by: actor}
- {id: plain, pair: [Russia, North Korea]}
"""
KEPT = 1e6


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.yaml"
    path.write_text(RULES, "utf-8")
    return path


def explained(rule: str, rules: Path, settings: Settings, *options: str, text: str = ABOUT_BOTH) -> Result:
    article = json.dumps({"title": "A visit", "body": text, "source": "s", "published_at": "2023-11-14T23:00:00Z"})
    env = environment(settings) | {"MARSAD_RULES": str(rules)}
    return CliRunner().invoke(main, ["explain", "rule", rule, "-", *options], input=article, env=env)


@pytest.fixture
def judged(settings: Settings, addresses: Addresses, keys: Keys, rules: Path, tagger: Tagger) -> None:
    """What a worker does with one article, and at one tick."""
    index = read_rules([rules], tagger).index

    async def work() -> None:
        async with redis_client(settings, addresses.redis) as redis:
            judge = Judge(redis, keys, CountStore(redis, keys, KEPT, KEPT), index, ttl=KEPT, max_age=KEPT)
            await judge.run([ToCount(tagger.tag(make_article()), "s1")], NOON)
            await Absences(redis, keys, judge.silences, ttl=KEPT, max_age=KEPT).tick(index.rules, Low(NOON, NOON), NOON)

    asyncio.run(work())


@pytest.mark.usefixtures("judged")
@pytest.mark.parametrize(
    ("rule", "lines"),
    [
        (
            "many",
            [
                "at least 3 stories within 24h, in Redis now:",
                "  state/KP+state/RU: 1 of 3 stories in the 24h up to 2023-11-14 23:00:00 UTC",
            ],
        ),
        ("fresh", ["not seen for 7d, in Redis now:", "  state/KP+state/RU: last seen at 2023-11-14 22:13:20 UTC"]),
        (
            "quiet",
            [
                "fewer than 1 stories within 24h, in Redis now:",
                (
                    "  state/CL+state/PE: 0 of 1 stories in the 24h up to 2023-11-14 22:13:20 UTC; "
                    "a silence would have begun at 2023-11-14 22:13:20 UTC"
                ),
            ],
        ),
    ],
    ids=["threshold", "new", "absence"],
)
def test_a_rule_is_told_as_it_stands(rule: str, lines: list[str], rules: Path, settings: Settings) -> None:
    result = explained(rule, rules, settings)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-2:] == lines


def test_a_group_that_no_article_names_is_not_guessed(rules: Path, settings: Settings) -> None:
    result = explained("by-actor", rules, settings, text="Nothing of that.")
    assert result.stdout.splitlines()[-1] == "  which actor to look for is not known, since the article does not fit"


def test_a_rule_without_time_asks_no_redis(rules: Path, settings: Settings) -> None:
    result = explained("plain", rules, settings, "--redis", "redis://127.0.0.1:1/0")
    assert result.exit_code == 0
    assert "Redis" not in result.output


def test_a_redis_that_is_away_is_told_below_the_conditions(rules: Path, settings: Settings) -> None:
    result = explained("many", rules, settings, "--redis", "redis://:secret@127.0.0.1:1/0")
    assert result.exit_code == 0
    assert "PASS rule many" in result.stdout
    last = result.stdout.splitlines()[-1]
    assert last.startswith("  not known: Redis cannot be read: ")
    assert last.endswith("is it up, and is `--redis` or MARSAD_REDIS right?")
    assert "secret" not in result.output


def test_without_any_redis_the_conditions_are_told_all_the_same(rules: Path, settings: Settings) -> None:
    known = {name: getattr(settings, name) for name in settings.model_fields_set - {"redis"}}
    result = explained("many", rules, Settings(**known))
    assert result.exit_code == 0, result.output
    assert "  not known: no Redis: start the local services with `marsad local up`" in result.stdout


def test_what_is_no_address_of_a_redis_is_refused(rules: Path, settings: Settings) -> None:
    result = explained("many", rules, settings, "--redis", "http://:secret@127.0.0.1")
    assert result.exit_code == 2
    assert "must begin with redis://" in result.output
    assert "secret" not in result.output
