"""Italian names in all their forms, and what else they may be."""

import pytest

from processors.catalogue.model import How
from processors.languages.italian import forms
from processors.tagging import Tagger
from tests.processors.languages.reading import states_in, topics_in


@pytest.mark.parametrize(
    ("alias", "how", "there", "absent"),
    [
        pytest.param("russo", How.DEMONYM, {"russa", "russi", "russe"}, set(), id="in o"),
        pytest.param("greco", How.DEMONYM, {"greci", "greche"}, set(), id="in co"),
        pytest.param("turco", How.DEMONYM, {"turchi", "turche"}, set(), id="in co, hard"),
        pytest.param("inglese", How.DEMONYM, {"inglesi"}, {"inglesa"}, id="in e"),
        pytest.param("belga", How.DEMONYM, {"belgi", "belghe"}, set(), id="in ga"),
        pytest.param("Russia", How.NAME, {"Russia"}, {"Russie"}, id="a name"),
    ],
)
def test_an_alias_has_its_forms(alias: str, how: How, there: set[str], absent: set[str]) -> None:
    made = set(forms(alias, how))
    assert there <= made
    assert not absent & made


@pytest.mark.parametrize(
    ("body", "states"),
    [
        pytest.param("l'esercito dell'Ucraina e il governo d’Israele", {"UA", "IL"}, id="elision"),
        pytest.param("le truppe russe e i soldati nordcoreani", {"RU", "KP"}, id="gender and number"),
        pytest.param("Gli Stati Uniti e gli Usa", {"US"}, id="two names of one state"),
        pytest.param("la Roma ha battuto il Bayern Monaco", set(), id="clubs"),
        pytest.param("il premier a Monaco di Baviera", set(), id="Munich"),
        pytest.param("una riunione in inglese", set(), id="a word and a language"),
        pytest.param("il Golfo del Messico e l'America Latina", set(), id="a longer name"),
    ],
)
def test_a_text_names_states(tagger: Tagger, body: str, states: set[str]) -> None:
    assert states_in(tagger, body, "it") == states


@pytest.mark.parametrize(
    ("body", "topics"),
    [
        pytest.param("Il ministro tedesco degli Esteri ha incontrato l'omologo turco.", {"diplomacy"}, id="diplomacy"),
        pytest.param("La Corea del Nord ha lanciato un missile balistico.", {"missile-programme"}, id="missiles"),
        pytest.param("Il presidente del club ha incontrato i giocatori della squadra.", {"sport"}, id="a club"),
        pytest.param("È nato a Torino nel 1950.", set(), id="born is no alliance"),
    ],
)
def test_a_text_is_about_topics(tagger: Tagger, body: str, topics: set[str]) -> None:
    assert topics_in(tagger, body, "it") == topics
