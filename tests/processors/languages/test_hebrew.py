"""Hebrew prefixes and gentilic adjectives, and what else names may be."""

import pytest

from processors.catalogue.model import How
from processors.languages.hebrew import forms, spellings
from processors.tagging import Tagger
from tests.processors.languages.reading import states_in


@pytest.mark.parametrize(
    ("alias", "how", "there", "absent"),
    [
        pytest.param("רוסי", How.DEMONYM, {"רוסית", "רוסים", "רוסיים", "רוסיות"}, {"רוס"}, id="an adjective"),
        pytest.param("הבית הלבן", How.SEAT, {"הבית הלבן", "בבית הלבן"}, {"בית הלבן"}, id="a swallowed article"),
        pytest.param("הודו", How.NAME, {"הודו"}, {"בודו"}, id="a name in he"),
    ],
)
def test_an_alias_has_its_forms(alias: str, how: How, there: set[str], absent: set[str]) -> None:
    made = set(forms(alias, how))
    assert there <= made
    assert not absent & made


@pytest.mark.parametrize(
    ("phrase", "there"),
    [
        pytest.param("שיתוף פעולה צבאי", {"שיתוף הפעולה הצבאי"}, id="articles"),
    ],
)
def test_a_phrase_has_its_spellings(phrase: str, there: set[str]) -> None:
    assert there <= set(spellings(phrase))


@pytest.mark.parametrize(
    ("body", "states"),
    [
        pytest.param('נשיא ארה"ב ביקר בישראל ובירדן', {"US", "IL", "JO"}, id="prefixes"),
        pytest.param("הכוחות הרוסיים והאוקראיניים", {"RU", "UA"}, id="adjectives"),
        pytest.param("דוברת הבית הלבן אמרה בבית הלבן", {"US"}, id="a seat"),
        pytest.param("צפון קוריאה ודרום-קוריאה", {"KP", "KR"}, id="two Koreas"),
        pytest.param("גדות נהר הירדן", set(), id="a river"),
        pytest.param("הסרט על דני והחברים", set(), id="a first name"),
        pytest.param("חזה הודו מעושן", set(), id="turkey"),
        pytest.param("חצי האי סיני", set(), id="Sinai"),
        pytest.param("דרום אמריקה", set(), id="a continent"),
    ],
)
def test_a_text_names_states(tagger: Tagger, body: str, states: set[str]) -> None:
    assert states_in(tagger, body, "he") == states
