"""English names in all their forms, and what else they may be."""

import pytest

from processors.catalogue.model import How
from processors.languages.english import forms
from processors.tagging import Tagger
from tests.processors.languages.reading import states_in


@pytest.mark.parametrize(
    ("alias", "how", "there", "absent"),
    [
        pytest.param("Saudi", How.DEMONYM, {"Saudi", "Saudis"}, {"Saudies"}, id="nationals have a plural"),
        pytest.param("Chinese", How.DEMONYM, {"Chinese"}, {"Chineses"}, id="but not all of them"),
        pytest.param("Frenchmen", How.DEMONYM, {"Frenchmen"}, {"Frenchmens"}, id="nor a plural itself"),
        pytest.param("North Korean", How.DEMONYM, {"North-Koreans"}, set(), id="a point of the compass with a hyphen"),
        pytest.param("Malé", How.CAPITAL, {"Male"}, {"Malés"}, id="accents left out"),
    ],
)
def test_an_alias_has_its_forms(alias: str, how: How, there: set[str], absent: set[str]) -> None:
    made = set(forms(alias, how))
    assert there <= made
    assert not absent & made


@pytest.mark.parametrize(
    ("body", "states"),
    [
        pytest.param("Chad's army crossed into the Central African Republic.", {"TD", "CF"}, id="a possessive"),
        pytest.param("The Swedes and the Danes voted.", {"SE", "DK"}, id="nationals"),
        pytest.param("Michael Jordan and Chad Smith played.", set(), id="people with a state's name"),
        pytest.param("The king of Jordan met the president of Chad.", {"JO", "TD"}, id="the states themselves"),
        pytest.param("Atlanta, Georgia, and Albuquerque, New Mexico", set(), id="states of the United States"),
        pytest.param(
            "A fire in Lebanon, Ohio, and one in Rome, Ga., made news.", set(), id="towns of the United States"
        ),
        pytest.param("Georgia and Armenia opened the border.", {"GE", "AM"}, id="a state beside its neighbour"),
        pytest.param("We ate turkey with Brazil nuts.", set(), id="food"),
        pytest.param("North and South America", set(), id="continents"),
        pytest.param("They asked us to polish it.", set(), id="words without a capital"),
        pytest.param("He wrote it in English.", set(), id="a language"),
        pytest.param("England beat Wales.", {"GB"}, id="parts of a state"),
        pytest.param("The Soviets left.", {"RU"}, id="a state that is gone"),
    ],
)
def test_an_english_text_names_states(tagger: Tagger, body: str, states: set[str]) -> None:
    assert states_in(tagger, body, "en") == states
