"""Turkish names in all their forms, and what else they may be."""

import pytest

from processors.catalogue.model import How
from processors.languages.turkish import forms
from processors.tagging import Tagger
from tests.processors.languages.reading import states_in, topics_in


@pytest.mark.parametrize(
    ("alias", "how", "there", "absent"),
    [
        pytest.param("Kıbrıs", How.NAME, {"Kıbrıs", "Kibris"}, set(), id="as capitals look in lower case"),
        pytest.param("Rus", How.DEMONYM, {"Rus"}, {"Rusça"}, id="a demonym"),
    ],
)
def test_an_alias_has_its_forms(alias: str, how: How, there: set[str], absent: set[str]) -> None:
    made = set(forms(alias, how))
    assert there <= made
    assert not absent & made


@pytest.mark.parametrize(
    ("body", "states"),
    [
        pytest.param("Rusya'nın, Almanya’dan ve Irak'ın", {"RU", "DE", "IQ"}, id="an apostrophe"),
        pytest.param("Türkiyenin ve Yunanistanda", {"TR", "GR"}, id="none"),
        pytest.param("ABD'li ve ABDnin", {"US"}, id="an abbreviation"),
        pytest.param("Rusların Fransızlarla görüşmesi", {"RU", "FR"}, id="nationals"),
        pytest.param("İngilizce ve Rusça konuştu", set(), id="a language"),
        pytest.param("KIBRIS VE İRAN", {"CY", "IR"}, id="capitals"),
        pytest.param("mısır ekmeği ve mali durum", set(), id="words"),
        pytest.param("Maliye Bakanlığı ile Mali Suçları Araştırma Kurulu", set(), id="finance"),
        pytest.param("Mali'de ve Mısır'daki", {"ML", "EG"}, id="states that are words"),
        pytest.param("Güney Koreliler ile Kuzey Kore", {"KR", "KP"}, id="names of two words"),
        pytest.param("Meksika Körfezi ve Latin Amerika", set(), id="a longer name"),
        pytest.param("UAEA raporu", set(), id="another abbreviation"),
    ],
)
def test_a_text_names_states(tagger: Tagger, body: str, states: set[str]) -> None:
    assert states_in(tagger, body, "tr") == states


@pytest.mark.parametrize(
    ("body", "topics"),
    [
        pytest.param(
            "İki ülkenin orduları ortak tatbikat düzenledi.",
            {"joint-exercises", "military-cooperation"},
            id="joint exercises",
        ),
        pytest.param("Avrupa Birliği yeni yaptırımları onayladı.", {"sanctions"}, id="sanctions"),
        pytest.param(
            "Takım ligde zirveye yerleşti, taraftarlar maçı kutladı.", {"sport"}, id="the top of a league is no summit"
        ),
        pytest.param("Ekonomik kriz turizm sektörüne büyük darbe vurdu.", set(), id="a blow is no coup"),
    ],
)
def test_a_text_is_about_topics(tagger: Tagger, body: str, topics: set[str]) -> None:
    assert topics_in(tagger, body, "tr") == topics
