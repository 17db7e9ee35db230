"""What the generator makes, and the outcome that is worked out from it."""

from collections import Counter
from pathlib import Path

import msgspec
import pytest

from alerts.rules import read_rules
from processors.article import digest
from processors.counts import Counts
from processors.counts import subjects as counted_for
from processors.tagging import Tagger
from streams.codec import BadArticleError, decode
from tests.crash.generator import GAP, LARGEST, Generator, Plan, Version, WatchRule, rule_file
from tests.crash.outcome import disagreements, known_outcome, subjects
from tests.crash.texts import Named, named
from tests.makers import NOON, make_article

NUMBER = 3_000


@pytest.fixture(scope="module")
def plan(tagger: Tagger) -> Plan:
    return Generator(7, NOON, tagger.catalogue).plan(NUMBER)


def test_a_seed_makes_the_same_plan_again(plan: Plan, tagger: Tagger) -> None:
    assert Generator(7, NOON, tagger.catalogue).plan(NUMBER) == plan
    assert Generator(8, NOON, tagger.catalogue).plan(NUMBER) != plan


def test_the_tagger_finds_the_names_that_were_put_into_the_texts(plan: Plan, tagger: Tagger) -> None:
    assert disagreements(plan, tagger) == []


def test_a_name_that_was_not_put_there_is_noticed(tagger: Tagger) -> None:
    version = Version(make_article(), Named(frozenset({"state/RU"}), frozenset()), "")
    assert len(disagreements(Plan([], [version], {}, []), tagger)) == 1


def test_every_message_is_read_as_the_generator_means_it(plan: Plan) -> None:
    versions = known_outcome(plan).tagged
    for message in plan.messages:
        if message.key in plan.poison:
            with pytest.raises(BadArticleError) as caught:
                decode(message.value, NOON, LARGEST)
            assert caught.value.reason is plan.poison[message.key]
        else:
            article = decode(message.value, NOON, LARGEST)
            assert versions[article.id, article.version].article == article


def test_there_are_reports_copies_repetitions_revisions_and_poison(plan: Plan) -> None:
    sent = Counter(plan.messages)
    versions = Counter(version.article.id for version in plan.versions)
    stories = Counter(version.story for version in plan.versions)
    assert max(sent.values()) > 1
    assert set(versions.values()) == {1, 2}
    assert max(stories.values()) > 2
    assert len(set(plan.poison.values())) > 5


def test_an_article_is_there_before_its_revision_is_sent(plan: Plan) -> None:
    first: dict[bytes, int] = {}
    for place, message in enumerate(plan.messages):
        if message.value != plan.messages[first.setdefault(message.key, place)].value:
            assert place - first[message.key] >= GAP


def test_the_rules_are_met_by_the_articles_that_the_product_finds(plan: Plan, tagger: Tagger, tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(rule_file(plan.rules), "utf-8")
    index = read_rules([path], tagger).index
    for version in plan.versions:
        found = {fit.rule.id: frozenset(fit.topics) for fit in index.fits(tagger.tag(version.article))}
        met = {rule.id: rule.met_for(version.named) for rule in plan.rules}
        assert found == {name: topics for name, topics in met.items() if topics is not None}


def test_articles_are_counted_for_what_the_product_counts_them_for(plan: Plan, tagger: Tagger) -> None:
    for version in plan.versions[:500]:
        assert sorted(subjects(version.named)) == sorted(counted_for(tagger.tag(version.article)))


def test_the_outcome_of_a_report_its_copy_and_its_revision() -> None:
    both = named(("person/vladimir-putin", "state/KP"), ("summit",))
    report = Version(make_article(id="report", source="one"), both, "s")
    copy = Version(make_article(id="copy", source="other"), both, "s")
    more = Named(both.actors | {"state/CN"}, both.topics)
    revision = Version(msgspec.structs.replace(report.article, version="2"), more, "s")
    rules = [
        WatchRule("plain", ("state/KP", "state/RU"), ()),
        WatchRule("parent", ("state/CN", "state/RU"), ("diplomacy",)),
        WatchRule("off topic", ("state/CN", "state/RU"), ("trade",)),
    ]
    outcome = known_outcome(Plan([], [report, copy, revision], {}, rules))
    assert outcome.counts["actor:state/RU"] == Counts(2, 1, 2)
    assert outcome.counts["pair:state/KP+state/RU|diplomacy"] == Counts(2, 1, 2)
    assert outcome.counts["pair:state/CN+state/KP"] == Counts(1, 1, 1)
    assert "pair:person/vladimir-putin+state/RU" not in outcome.counts
    plain, parent = (digest("alert", rule.id, rule.key, "s") for rule in rules[:2])
    assert outcome.alerts.keys() == {plain, parent}
    assert outcome.alerts[plain].articles == {"report", "copy"}
    assert outcome.alerts[parent].articles == {"report"}
    assert outcome.alerts[parent].topics == {"diplomacy", "summit"}
