"""Rules found by what they need."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.rule import GroupBy
from alerts.rules import RuleIndex, read_rules
from alerts.rules.compiled import Compiled
from alerts.rules.pairs import PairOf
from processors.tagging import Tagger
from processors.tags import ActorTag, TaggedArticle, TopicTag
from tests.alerts.rules.makers import rules_of
from tests.makers import make_article

ACTORS = ["state/CN", "state/KP", "state/RU", "state/US", "org/nato"]
TOPICS = ["diplomacy", "trade", "sanctions"]
WORDS = ["drill", "navy", "harbour"]


def some(names: list[str], most: int = 3) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), min_size=1, max_size=most, unique=True)


RULES = st.fixed_dictionaries(
    {},
    optional={
        "pair": st.lists(st.sampled_from(ACTORS), min_size=2, max_size=2, unique=True),
        "actors": st.fixed_dictionaries(
            {}, optional={"any": some(ACTORS), "all": some(ACTORS), "none": some(ACTORS, 1)}
        ),
        "topics": st.fixed_dictionaries(
            {}, optional={"any": some(TOPICS), "all": some(TOPICS), "none": some(TOPICS, 1)}
        ),
        "words": some(WORDS),
        "group_by": st.sampled_from([*GroupBy]),
    },
)


def read(rules: list[dict[str, object]], path: Path, tagger: Tagger) -> RuleIndex:
    """Return those of some rules that can be used at all."""
    entries = [{"id": str(number), **rule} for number, rule in enumerate(rules)]
    compiled: list[Compiled] = []
    for entry in entries:
        path.write_text(json.dumps([entry]), "utf-8")
        try:
            compiled += read_rules([path], tagger).index.compiled
        except Exception:  # noqa: BLE001, S112 - a rule that is refused
            continue
    path.write_text(json.dumps([e for e in entries if e["id"] in {one.rule.id for one in compiled}]), "utf-8")
    return read_rules([path], tagger).index if compiled else RuleIndex()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(
    rules=st.lists(RULES, max_size=6),
    actors=st.sets(st.sampled_from(ACTORS)),
    topics=st.sets(st.sampled_from(TOPICS)),
    words=st.sets(st.sampled_from(WORDS)),
)
def test_the_index_finds_the_rules_that_trying_all_would_find(
    rules: list[dict[str, object]], actors: set[str], topics: set[str], words: set[str], tagger: Tagger, tmp_path: Path
) -> None:
    index = read(rules, tmp_path / "rules.json", tagger)
    tagged = TaggedArticle(
        make_article(body=" ".join(sorted(words))),
        tuple(ActorTag(actor, 1.0) for actor in sorted(actors)),
        tuple(TopicTag(topic, 1.0) for topic in sorted(topics)),
        (),
    )
    seen = index.seen(tagged)
    expected = [fit for one in index.compiled for fit in one.fits(seen, _all_pairs(one))]
    look = index.look(tagged)
    assert look.fits == expected
    assert len({fit.rule.id for fit in expected}) <= look.evaluated <= len(index.rules)
    assert all(fit.why.passed for fit in expected)
    fitting = {fit.rule.id for fit in expected}
    without_group = {GroupBy.ACTOR, GroupBy.TOPIC}  # they may fit, and have no group to tell of
    for one in index.compiled:
        assert one.why(seen).passed is (one.rule.id in fitting) or one.rule.group_by in without_group


def _all_pairs(one: Compiled) -> tuple[tuple[str, str], ...]:
    return one.pairs.pairs if isinstance(one.pairs, PairOf) else ()


@pytest.mark.parametrize(
    ("rule", "evaluated"),
    [
        pytest.param("pair: [Russia, Japan]", 0, id="half a pair"),
        pytest.param("pair: [Russia, China]\ntopics: [culture]", 0, id="a pair off topic"),
        pytest.param("pair: [Russia, China]\nwithin: 1 word", 1, id="a pair"),
        pytest.param("actors: {all: [Russia, China, Japan]}", 0, id="the rarest of three actors is away"),
        pytest.param("actors: {any: [Russia], all: [Japan]}", 0, id="the actor that is needed is away"),
        pytest.param("topics: [culture]\nwords: [talks]", 0, id="another topic"),
        pytest.param("words: [drill]", 0, id="another word"),
        pytest.param("words: [talks]", 1, id="a word"),
    ],
)
def test_an_article_is_held_against_rules_that_it_can_meet(
    rule: str, evaluated: int, tagger: Tagger, tmp_path: Path
) -> None:
    tagged = tagger.tag(make_article(body="Russia and China held talks."))
    filler = [f"id: filler-{n}\npair: [Russia, {other}]" for n, other in enumerate(("Chad", "Chile", "Kenya"))]
    assert rules_of(tmp_path, tagger, f"id: watch\n{rule}", *filler).look(tagged).evaluated == evaluated
