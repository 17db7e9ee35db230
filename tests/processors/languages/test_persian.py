"""Persian plurals, ezafe and the half-space, and what else names may be."""

import pytest

from processors.catalogue.model import How
from processors.languages.persian import forms, spellings
from processors.tagging import Tagger
from tests.processors.languages.reading import states_in


@pytest.mark.parametrize(
    ("alias", "how", "there", "absent"),
    [
        pytest.param("آمریکا", How.NAME, {"آمریکای"}, {"آمریکاان"}, id="ezafe after a vowel"),
        pytest.param("ایران", How.NAME, {"ایران"}, {"ایرانی"}, id="a consonant"),
    ],
)
def test_an_alias_has_its_forms(alias: str, how: How, there: set[str], absent: set[str]) -> None:
    made = set(forms(alias, how))
    assert there <= made
    assert not absent & made


@pytest.mark.parametrize(
    ("phrase", "there"),
    [
        pytest.param("سلاح اتمی", {"سلاحهای اتمی", "سلاح های اتمی"}, id="plural"),
    ],
)
def test_a_phrase_has_its_spellings(phrase: str, there: set[str]) -> None:
    assert there <= set(spellings(phrase))


@pytest.mark.parametrize(
    ("body", "states"),
    [
        pytest.param("ایرانی‌ها و آمریکایی‌های مقیم پاریس", {"IR", "US", "FR"}, id="plurals"),
        pytest.param("مذاكرات روسيه و اوكراين در تركيه", {"RU", "UA", "TR"}, id="Arabic letters"),
        pytest.param("سفیر کره جنوبی در دهلی‌نو", {"KR", "IN"}, id="half-spaces"),
        pytest.param("بحران مالی دولت", set(), id="a financial word"),
        pytest.param("آلودگی کره زمین", set(), id="the globe"),
        pytest.param("روز دوشنبه هفته آینده", set(), id="Monday"),
        pytest.param("کشورهای آمریکای لاتین", set(), id="a region"),
        pytest.param("استان آذربایجان شرقی", set(), id="a province"),
        pytest.param("معلم زبان انگلیسی", set(), id="a language"),
    ],
)
def test_a_text_names_states(tagger: Tagger, body: str, states: set[str]) -> None:
    assert states_in(tagger, body, "fa") == states
