"""How terms make a topic."""

import pytest

from processors.tagging import Tagger
from tests.makers import make_article
from tests.processors.catalogues import make_tagger

TOPICS = """
- {id: security}
- id: military-cooperation
  parent: security
  terms:
    en:
      1.0: [military* ~ cooperat*, joint chief* of]
      0.6: [ally, allies, troop*]
      -1.0: [video game*]
    zh: {1.0: [军事 ~ 合作]}
    ar: {1.0: [تعاون عسكري]}
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Tagger:
    return make_tagger(tmp_path_factory.mktemp("terms"), topics=TOPICS)


def topics(tagger: Tagger, body: str, lang: str = "en", title: str = "") -> frozenset[str]:
    return tagger.tag(make_article(title=title, body=body, lang=lang)).topic_ids


YES = {"military-cooperation", "security"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("Their military cooperation grows.", YES, id="side by side, any ending"),
        pytest.param("They cooperate, said he, in military matters.", YES, id="near each other, in the other order"),
        pytest.param("Military bands played. " + "They sang. " * 9 + "They cooperated.", set(), id="far apart"),
        pytest.param("An ally sent troops.", YES, id="two terms that together reach the threshold"),
        pytest.param("Troops, troops, more troops.", set(), id="one term often is one term"),
        pytest.param("An ally sent troops in a video game.", set(), id="a term that speaks against it"),
        pytest.param("The joint chiefs of staff met.", YES, id="a short word within a phrase"),
        pytest.param("The joint chiefs offered.", set(), id="not the beginning of another"),
    ],
)
def test_terms_make_a_topic_and_those_above_it(small: Tagger, body: str, expected: set[str]) -> None:
    assert topics(small, body) == expected


def test_words_of_a_phrase_change_as_their_grammar_says(small: Tagger) -> None:
    assert topics(small, "بحثا التعاون العسكري", "ar") == YES
    assert topics(small, "بحثا تعاونا عسكريا", "ar") == YES


def test_languages_without_spaces_count_characters(small: Tagger) -> None:
    assert topics(small, "两国在军事领域开展合作", "zh") == YES
    assert topics(small, "军事" + "很" * 30 + "合作", "zh") == set()


def test_a_title_weighs_more_and_a_long_text_needs_more(small: Tagger) -> None:
    assert topics(small, "Nothing.", title="Troops and an ally") == YES
    filler = "It rained all day and nobody came. " * 400
    assert topics(small, "An ally sent troops. " + filler) == set()
    assert topics(small, "An ally sent troops; military cooperation. " + filler) == YES
