"""Urdu plurals, and what else names may be."""

import pytest

from processors.catalogue.model import How
from processors.languages.urdu import forms
from processors.tagging import Tagger
from tests.processors.languages.reading import states_in


@pytest.mark.parametrize(
    ("alias", "how", "there", "absent"),
    [
        pytest.param("روسی", How.DEMONYM, {"روسیوں"}, set(), id="a national"),
        pytest.param("روس", How.NAME, {"روس"}, {"روسوں"}, id="a name"),
    ],
)
def test_an_alias_has_its_forms(alias: str, how: How, there: set[str], absent: set[str]) -> None:
    made = set(forms(alias, how))
    assert there <= made
    assert not absent & made


@pytest.mark.parametrize(
    ("body", "states"),
    [
        pytest.param("روسیوں اور امریکیوں نے کہا", {"RU", "US"}, id="plurals"),
        pytest.param("شمالی کوریا کے سربراہ", {"KP"}, id="North Korea"),
        pytest.param("جنوبی افریقہ کی ٹیم", {"ZA"}, id="a longer name"),
        pytest.param("آج شام پانچ بجے", set(), id="evening"),
        pytest.param("شام میں خانہ جنگی اور دمشق", {"SY"}, id="Syria"),
        pytest.param("چینی کی قیمتوں میں اضافہ", set(), id="sugar"),
        pytest.param("لاطینی امریکہ کے ممالک", set(), id="a region"),
    ],
)
def test_a_text_names_states(tagger: Tagger, body: str, states: set[str]) -> None:
    assert states_in(tagger, body, "ur") == states
