"""Portuguese names in all their forms, and what else they may be."""

import pytest

from processors.catalogue.model import How
from processors.languages.portuguese import forms
from processors.tagging import Tagger
from tests.processors.languages.reading import states_in, topics_in


@pytest.mark.parametrize(
    ("alias", "how", "there", "absent"),
    [
        pytest.param("alemão", How.DEMONYM, {"alemã", "alemães", "alemãs"}, set(), id="in ão"),
        pytest.param("francês", How.DEMONYM, {"francesa", "franceses"}, set(), id="in ês"),
        pytest.param("espanhol", How.DEMONYM, {"espanhola", "espanhóis"}, set(), id="in ol"),
        pytest.param("norte-americano", How.DEMONYM, {"norte-americanas"}, set(), id="of two words"),
        pytest.param("Itália", How.NAME, {"Italia"}, set(), id="accents left out"),
        pytest.param("Irã", How.NAME, {"Irã"}, {"Ira"}, id="a tilde stays"),
    ],
)
def test_an_alias_has_its_forms(alias: str, how: How, there: set[str], absent: set[str]) -> None:
    made = set(forms(alias, how))
    assert there <= made
    assert not absent & made


@pytest.mark.parametrize(
    ("body", "states"),
    [
        pytest.param("O Irã e o Irão, Moscou e Moscovo", {"IR", "RU"}, id="both spellings"),
        pytest.param("a Polónia e a Polônia", {"PL"}, id="both accents"),
        pytest.param("comeram peru no Natal", set(), id="a bird"),
        pytest.param("o Peru e a Guiné-Bissau", {"PE", "GW"}, id="names"),
        pytest.param("as forças norte-coreanas e os militares alemães", {"KP", "DE"}, id="gender and number"),
        pytest.param("A reunião do Maurício em Salvador", set(), id="words, first names and towns"),
        pytest.param("Traduziu do inglês.", set(), id="a language"),
        pytest.param("o oceano Índico e o Golfo do México", set(), id="a longer name"),
    ],
)
def test_a_text_names_states(tagger: Tagger, body: str, states: set[str]) -> None:
    assert states_in(tagger, body, "pt") == states


@pytest.mark.parametrize(
    ("body", "topics"),
    [
        pytest.param("O ministro russo dos Negócios Estrangeiros recebeu o embaixador.", {"diplomacy"}, id="diplomacy"),
        pytest.param("A tentativa de golpe de Estado fracassou.", {"coup"}, id="coup"),
        pytest.param(
            "O satélite foi lançado para a órbita por um foguete.", {"satellites", "space-technology"}, id="satellites"
        ),
        pytest.param("O preço da tarifa de ônibus subiu.", set(), id="fares are no tariffs"),
    ],
)
def test_a_text_is_about_topics(tagger: Tagger, body: str, topics: set[str]) -> None:
    assert topics_in(tagger, body, "pt") == topics
