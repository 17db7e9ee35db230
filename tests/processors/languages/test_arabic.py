"""Arabic names behind clitics, nisba adjectives, and what else they may be."""

import pytest

from processors.catalogue.model import How
from processors.languages.arabic import forms, spellings
from processors.tagging import Tagger
from tests.processors.languages.reading import states_in


@pytest.mark.parametrize(
    ("alias", "how", "there", "absent"),
    [
        pytest.param("روسي", How.DEMONYM, {"روسية", "روسيين", "روسيون", "روسيا", "روسيات"}, {"روس"}, id="a nisba"),
        pytest.param(
            "كوري شمالي",
            How.DEMONYM,
            {"كورية شمالية", "كورية الشمالية", "كوريين شماليين"},
            {"كورية شمالي"},
            id="two words that agree",
        ),
        pytest.param(
            "جنوب أفريقي",
            How.DEMONYM,
            {"جنوب أفريقية", "جنوب الأفريقية"},
            {"جنوبية أفريقية"},
            id="a word that does not change",
        ),
        pytest.param("أفغان", How.DEMONYM, {"أفغان"}, {"أفغانية"}, id="a broken plural"),
        pytest.param("الصين", How.NAME, {"الصين", "للصين"}, {"صين"}, id="an article"),
        pytest.param("قطر", How.NAME, {"قطر"}, {"القطر"}, id="a name without article"),
    ],
)
def test_an_alias_has_its_forms(alias: str, how: How, there: set[str], absent: set[str]) -> None:
    made = set(forms(alias, how))
    assert there <= made
    assert not absent & made


@pytest.mark.parametrize(
    ("phrase", "there"),
    [
        pytest.param("تعاون عسكري", {"تعاون العسكري", "تعاونا عسكري", "تعاونها العسكري"}, id="adjective"),
        pytest.param("قمة عربية", {"قمة العربية", "قمتها العربية"}, id="ta marbuta"),
        pytest.param("مجلس الأمن", {"مجلس الأمن"}, id="its own article"),
    ],
)
def test_a_phrase_has_its_spellings(phrase: str, there: set[str]) -> None:
    assert there <= set(spellings(phrase))


@pytest.mark.parametrize(
    ("body", "states"),
    [
        pytest.param("وصل وبالولايات المتحدة وللصين ولروسيا", {"US", "CN", "RU"}, id="clitics"),
        pytest.param("الرئيسان الأميركي والروسي والمستشارة الألمانية", {"US", "RU", "DE"}, id="adjectives"),
        pytest.param("القوات الكورية الشمالية", {"KP"}, id="North Korea"),
        pytest.param("حكومة جنوب السودان", {"SS"}, id="a longer name"),
        pytest.param("عقد الوزير في عمان اجتماعا مع نظيره الأردني", {"JO"}, id="Amman"),
        pytest.param("وزير خارجية سلطنة عمان في مسقط", {"OM"}, id="Oman"),
        pytest.param("دعم مالي للمشروع", set(), id="a financial word"),
        pytest.param("تواصلت الهجمات شمالي مالي قرب باماكو", {"ML"}, id="Mali"),
        pytest.param("نصف قطر الدائرة", set(), id="a diameter"),
        pytest.param("صلاة المغرب في المسجد", set(), id="sunset"),
        pytest.param("أمطار غزيرة وسيول جارفة", set(), id="torrents"),
        pytest.param("قطع في الرباط الصليبي", set(), id="a ligament"),
        pytest.param("دول أمريكا اللاتينية والمحيط الهندي", set(), id="regions"),
        pytest.param("عاد إلى مسقط رأسه", set(), id="a birthplace"),
        pytest.param("أصيب في قدمه اليمنى", set(), id="right"),
        pytest.param("تحدث بالفرنسية", set(), id="a language"),
    ],
)
def test_a_text_names_states(tagger: Tagger, body: str, states: set[str]) -> None:
    assert states_in(tagger, body, "ar") == states
