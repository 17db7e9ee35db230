"""The catalogue's files: what they may say, and what is told when they can't be read."""

from datetime import date
from pathlib import Path

import pytest

from processors.errors import ConfigError
from tests.makers import make_article
from tests.processors.catalogues import make_compiled, make_tagger


def test_two_lines_are_an_actor_of_ones_own(tmp_path: Path) -> None:
    tagger = make_tagger(tmp_path, mine="- {id: org/zenit-club, name: {en: [Zenit Chess Club]}}")
    assert tagger.tag(make_article(body="The Zenit Chess Club met.")).actor_ids == {"org/zenit-club"}


def test_two_lines_are_a_topic_of_ones_own(tmp_path: Path) -> None:
    tagger = make_tagger(tmp_path, mine="- {id: chess, terms: {en: {1.0: [chess tournament*]}}}")
    assert tagger.tag(make_article(body="Two chess tournaments began.")).topic_ids == {"chess"}


def test_parts_of_an_entry_in_several_files_are_one(tmp_path: Path) -> None:
    compiled = make_compiled(
        tmp_path,
        a="- {id: state/RU, name: {en: [Russia]}}",
        b="""
        lang: ru
        state/RU: {name: [Россия]}
        """,
    )
    assert compiled.catalogue.actors["state/RU"].labels == {"en": "Russia", "ru": "Россия"}


def test_what_is_written_by_hand_wins_over_what_a_script_made(tmp_path: Path) -> None:
    tagger = make_tagger(
        tmp_path,
        made="""
        lang: en
        made_from: CLDR
        state/CD: {name: [Congo]}
        """,
        hand="- {id: state/CG, name: {en: [Congo]}}",
    )
    assert tagger.tag(make_article(body="In Congo.")).actor_ids == {"state/CG"}


def test_an_alias_can_be_dropped(tmp_path: Path) -> None:
    tagger = make_tagger(
        tmp_path,
        a="- {id: state/GE, name: {en: [Georgia, Sakartvelo]}}",
        b="""
        lang: en
        state/GE: {without: [Georgia]}
        """,
    )
    assert tagger.tag(make_article(body="Georgia")).actor_ids == set()
    assert tagger.tag(make_article(body="Sakartvelo")).actor_ids == {"state/GE"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(
            "- {id: state/RU, nam: {en: [Russia]}}",
            "bad.yaml:1: state/RU: nam: Extra inputs are not permitted",
            id="key",
        ),
        pytest.param(
            "lang: en\nstate/RU:\n  name:\n    - Russia\n    - 12",
            "bad.yaml:5: state/RU: name.en.1: Input should be a valid string",
            id="a number among names",
        ),
        pytest.param(
            "lang: en\nsanctions:\n  1.0: [embargo, ban ~ oil ~ gas]",
            "bad.yaml:3: sanctions: terms.en.1.0.1: Value error, ban ~ oil ~ gas: has more than two sides",
            id="a term of three sides",
        ),
        pytest.param("just words", "holds neither a list of entries nor `lang:`", id="no entries"),
        pytest.param(
            "lang: en\nsanctions:\n  much: [embargo]", "bad.yaml:3: sanctions: terms.en.much", id="a weight in words"
        ),
        pytest.param(
            "- {id: person/x, name: {en: [X Y]}, roles: [{of: state/XX}]}",
            "bad.yaml:1: person/x has a role of state/XX, which is not in the catalogue",
            id="a role of a stranger",
        ),
        pytest.param("- {id: a-topic, parent: none}", "bad.yaml:1: topic a-topic is below none", id="a strange parent"),
        pytest.param("lang: en\nlang: fr", "2:1: key 'lang' is there twice", id="a key twice"),
    ],
)
def test_a_bad_file_is_refused_with_file_and_line(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "catalogue" / "bad.yaml").write_text(content, "utf-8")
    with pytest.raises(ConfigError) as caught:
        make_compiled(tmp_path)
    assert message in str(caught.value)


def test_a_folder_without_files_is_no_catalogue(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no catalogue"):
        make_compiled(tmp_path)


def test_later_files_extend_and_override(tmp_path: Path) -> None:
    compiled = make_compiled(
        tmp_path,
        a="- {id: protest, parent: politics, threshold: 1.0, labels: {en: protest}}\n- {id: politics}\n- {id: society}",
        b="- {id: protest, parent: society, threshold: 2.0, labels: {en: unrest}, terms: {en: {1.0: [unrest]}}}",
    )
    topic = compiled.catalogue.topics["protest"]
    assert (topic.parent, topic.threshold, topic.labels) == ("society", 2.0, {"en": "unrest"})


def test_a_year_stands_for_its_first_day_or_its_last(tmp_path: Path) -> None:
    compiled = make_compiled(
        tmp_path, a="- {id: state/GB}\n- {id: person/x, roles: [{of: state/GB, since: 2024, until: 2026}]}"
    )
    (role,) = compiled.catalogue.actors["person/x"].roles
    assert (role.since, role.until) == (date(2024, 1, 1), date(2026, 12, 31))
