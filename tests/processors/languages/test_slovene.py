"""Slovene forms, and the states that Slovene sentences name."""

import pytest

from processors.catalogue.model import How
from processors.languages.slovene import GRAMMAR
from processors.tagging import Tagger
from tests.makers import make_article


@pytest.mark.parametrize(
    ("alias", "how", "forms", "never"),
    [
        pytest.param("Nemčija", How.NAME, {"nemčije", "nemčiji", "nemčijo"}, set(), id="Nemčija"),
        pytest.param("Hrvaška", How.NAME, {"hrvaške", "hrvaški", "hrvaško"}, set(), id="Hrvaška"),
        pytest.param(
            "Združene države",
            How.NAME,
            {"združenih držav", "združenim državam", "združenih državah"},
            set(),
            id="Združene države",
        ),
        pytest.param("ruski", How.DEMONYM, {"ruskega", "ruskih", "rusko-"}, set(), id="ruski"),
        pytest.param("Nemec", How.DEMONYM, {"nemca", "nemci", "nemcev"}, set(), id="Nemec"),
        pytest.param("Bruselj", How.CAPITAL, {"bruslja", "bruslju", "brusljem"}, set(), id="Bruselj"),
    ],
)
def test_an_alias_has_the_forms_of_its_declension(alias: str, how: How, forms: set[str], never: set[str]) -> None:
    made = {form.lower() for form in GRAMMAR.forms(alias, how)}
    assert made >= forms
    assert not made & never


@pytest.mark.parametrize(
    ("body", "states"),
    [
        ("Premier je odpotoval v Bruselj in na Hrvaško.", {"BE", "HR"}),
        ("Rusko-ukrajinska pogajanja so potekala v Turčiji.", {"RU", "UA", "TR"}),
        ("V Beli hiši so sprejeli nemškega kanclerja.", {"US", "DE"}),
    ],
)
def test_a_sentence_is_tagged_with_the_states_it_names(tagger: Tagger, body: str, states: set[str]) -> None:
    found = tagger.tag(make_article(body=body, lang="sl")).actor_ids
    assert {name.removeprefix("state/") for name in found if name.startswith("state/")} == states
