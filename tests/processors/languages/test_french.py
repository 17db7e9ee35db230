"""French names in all their forms, and what else they may be."""

import pytest

from processors.catalogue.model import How
from processors.languages.french import forms
from processors.tagging import Tagger
from tests.processors.languages.reading import states_in


@pytest.mark.parametrize(
    ("alias", "how", "there", "absent"),
    [
        pytest.param("danois", How.DEMONYM, {"danois", "danoise", "danoises"}, {"danoiss"}, id="in ois"),
        pytest.param("iranien", How.DEMONYM, {"iraniens", "iranienne", "iraniennes"}, {"iraniene"}, id="in ien"),
        pytest.param("russe", How.DEMONYM, {"russe", "russes"}, {"russee"}, id="in e"),
        pytest.param("turc", How.DEMONYM, {"turc", "turcs"}, {"turce"}, id="with a feminine of its own"),
        pytest.param("qatari", How.DEMONYM, {"qatarie", "qataris"}, set(), id="in a vowel"),
        pytest.param("Écosse", How.NAME, {"Ecosse"}, {"Écosses"}, id="accents left out"),
        pytest.param("parisien", How.CAPITAL, {"parisiennes"}, set(), id="a capital's adjective"),
    ],
)
def test_an_alias_has_its_forms(alias: str, how: How, there: set[str], absent: set[str]) -> None:
    made = set(forms(alias, how))
    assert there <= made
    assert not absent & made


@pytest.mark.parametrize(
    ("body", "states"),
    [
        pytest.param("l’Iran, d'Irak et qu'Israël", {"IR", "IQ", "IL"}, id="elision"),
        pytest.param("les autorités nigériennes et l'armée malienne", {"NE", "ML"}, id="gender and number"),
        pytest.param("les Russes et les Ukrainiens", {"RU", "UA"}, id="nationals"),
        pytest.param("un accord franco-allemand", {"FR", "DE"}, id="two joined by a hyphen"),
        pytest.param("les pays d'Amérique latine", set(), id="a continent"),
        pytest.param("la réunion de Maurice et Dominique", set(), id="words and first names"),
        pytest.param("Il l'a dit en français.", set(), id="a language"),
        pytest.param("François Hollande", set(), id="a person"),
        pytest.param("La Hollande et les Pays-Bas", {"NL"}, id="two names of one state"),
        pytest.param("le Nouveau-Mexique et le golfe du Mexique", set(), id="a longer name"),
        pytest.param("la Grece et l'Egypte", {"GR", "EG"}, id="accents left out"),
    ],
)
def test_a_french_text_names_states(tagger: Tagger, body: str, states: set[str]) -> None:
    assert states_in(tagger, body, "fr") == states
