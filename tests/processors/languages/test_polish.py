"""Polish forms, and the states that Polish sentences name."""

import pytest

from processors.catalogue.model import How
from processors.languages.polish import GRAMMAR
from processors.tagging import Tagger
from tests.makers import make_article


@pytest.mark.parametrize(
    ("alias", "how", "forms", "never"),
    [
        pytest.param("Rosja", How.NAME, {"rosji", "rosję", "rosją"}, set(), id="Rosja"),
        pytest.param(
            "Wielka Brytania",
            How.NAME,
            {"wielkiej brytanii", "wielką brytanię", "wielką brytanią"},
            set(),
            id="Wielka Brytania",
        ),
        pytest.param(
            "rosyjski", How.DEMONYM, {"rosyjskiego", "rosyjscy", "rosyjsko-", "rosyjską"}, set(), id="rosyjski"
        ),
        pytest.param("Ukrainiec", How.DEMONYM, {"ukraińca", "ukraińcy", "ukraińców"}, set(), id="Ukrainiec"),
        pytest.param("Egipt", How.NAME, {"egiptu", "egipcie", "egiptem"}, set(), id="Egipt"),
        pytest.param("Kijów", How.CAPITAL, {"kijowa", "kijowie", "kijowem"}, {"kijówa"}, id="Kijów"),
    ],
)
def test_an_alias_has_the_forms_of_its_declension(alias: str, how: How, forms: set[str], never: set[str]) -> None:
    made = {form.lower() for form in GRAMMAR.forms(alias, how)}
    assert made >= forms
    assert not made & never


@pytest.mark.parametrize(
    ("body", "states"),
    [
        ("Szef dyplomacji Niemiec spotkał się w Kijowie z Ukraińcami.", {"DE", "UA"}),
        ("We Włoszech i na Węgrzech trwają rozmowy polsko-czeskie.", {"IT", "HU", "PL", "CZ"}),
        ("Prezydent Stanów Zjednoczonych wraca do Waszyngtonu.", {"US"}),
        ("Bernie Sanders przemawiał w Dystrykcie Kolumbii.", set()),
    ],
)
def test_a_sentence_is_tagged_with_the_states_it_names(tagger: Tagger, body: str, states: set[str]) -> None:
    found = tagger.tag(make_article(body=body, lang="pl")).actor_ids
    assert {name.removeprefix("state/") for name in found if name.startswith("state/")} == states
