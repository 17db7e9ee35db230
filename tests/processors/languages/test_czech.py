"""Czech forms, and the states that Czech sentences name."""

import pytest

from processors.catalogue.model import How
from processors.languages.czech import GRAMMAR
from processors.tagging import Tagger
from tests.makers import make_article


@pytest.mark.parametrize(
    ("alias", "how", "forms", "never"),
    [
        pytest.param("Rusko", How.NAME, {"ruska", "rusku", "ruskem"}, set(), id="Rusko"),
        pytest.param(
            "Spojené státy",
            How.NAME,
            {"spojených států", "spojeným státům", "spojenými státy", "spojených státech"},
            set(),
            id="Spojené státy",
        ),
        pytest.param("německý", How.DEMONYM, {"německého", "němečtí", "německo-", "německých"}, set(), id="německý"),
        pytest.param("Ukrajinec", How.DEMONYM, {"ukrajince", "ukrajinci", "ukrajinců"}, set(), id="Ukrajinec"),
        pytest.param("Praha", How.CAPITAL, {"prahy", "praze", "prahou"}, set(), id="Praha"),
        pytest.param("Trump", How.PERSON, {"trumpa", "trumpovi", "trumpova", "trumpův"}, set(), id="Trump"),
    ],
)
def test_an_alias_has_the_forms_of_its_declension(alias: str, how: How, forms: set[str], never: set[str]) -> None:
    made = {form.lower() for form in GRAMMAR.forms(alias, how)}
    assert made >= forms
    assert not made & never


@pytest.mark.parametrize(
    ("body", "states"),
    [
        ("Ruští diplomaté opustili Prahu.", {"RU", "CZ"}),
        ("Česko-německá jednání se konala ve Vídni.", {"CZ", "DE", "AT"}),
        ("Hejtman Kuba žádá o očkování.", set()),
        ("Mluvčí Bílého domu mluvil o Jižní Koreji.", {"US", "KR"}),
    ],
)
def test_a_sentence_is_tagged_with_the_states_it_names(tagger: Tagger, body: str, states: set[str]) -> None:
    found = tagger.tag(make_article(body=body, lang="cs")).actor_ids
    assert {name.removeprefix("state/") for name in found if name.startswith("state/")} == states
