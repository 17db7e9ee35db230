"""Rule files, good and bad."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.kinds.model import Match
from alerts.rules import Pair, RuleFileError, RuleIndex, load_rules
from processors.tagging import Tagger
from processors.tags import ActorTag, TaggedArticle, TopicTag
from streams.settings import Settings
from tests.makers import make_article, make_rule

ACTORS = ["state/CN", "state/KP", "state/RU", "state/US", "org/nato"]
TOPICS = ["diplomacy", "trade", "sanctions"]
BAD = Path(__file__).parents[1] / "data" / "rules"


def watch(name: str, one: str, other: str, topic: str) -> Pair:
    pair = (min(one, other), max(one, other))
    return Pair(make_rule(Match(), id=name), pair, frozenset({topic} - {""}))


def test_three_lines_are_enough(tagger: Tagger, tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(
        "rules:\n  - id: moscow-pyongyang\n    pair: [روسيا, كوريا الشمالية]\n"
        "    topics: [military-cooperation, space-technology]\n",
        "utf-8",
    )
    index, body = load_rules(path, tagger), "Russia and North Korea will hold joint military exercises. "
    (fit,) = index.fits(tagger.tag(make_article(body=body * 3)))
    assert (fit.rule.id, fit.group) == ("moscow-pyongyang", ("state/KP", "state/RU"))
    assert "joint-exercises" in fit.topics


@pytest.mark.parametrize("path", sorted(BAD.glob("bad-*.yaml")), ids=lambda path: path.stem)
def test_a_bad_rule_file_is_refused_with_every_problem(path: Path, tagger: Tagger) -> None:
    expected = path.with_suffix(".txt").read_text("utf-8").strip()
    with pytest.raises(RuleFileError) as caught:
        load_rules(path, tagger)
    assert str(caught.value).replace(f"{path}: ", "") == expected


def test_the_starter_rules_are_good(tagger: Tagger) -> None:
    assert Settings().rules is None
    assert len(load_rules(Path(__file__).parents[2] / "seeds" / "rules.yaml", tagger).rules) >= 5


@given(
    pairs=st.lists(st.tuples(st.sampled_from(ACTORS), st.sampled_from(ACTORS), st.sampled_from(["", *TOPICS]))),
    actors=st.sets(st.sampled_from(ACTORS)),
    topics=st.sets(st.sampled_from(TOPICS)),
)
def test_the_index_finds_the_rules_that_trying_all_would_find(
    pairs: list[tuple[str, str, str]], actors: set[str], topics: set[str]
) -> None:
    rules = [watch(str(n), a, b, topic) for n, (a, b, topic) in enumerate(pairs) if a != b]
    tagged = TaggedArticle(
        make_article(),
        tuple(ActorTag(actor, 1.0) for actor in sorted(actors)),
        tuple(TopicTag(topic, 1.0) for topic in sorted(topics)),
        (),
    )
    expected = {r.rule.id for r in rules if actors.issuperset(r.pair) and (not r.topics or topics & r.topics)}
    found = RuleIndex(rules).fits(tagged)
    on = {r.rule.id: r.topics or topics for r in rules}
    assert {fit.rule.id for fit in found} == expected
    assert len(found) == len(expected)
    assert all(set(fit.topics) == topics & on[fit.rule.id] for fit in found)
