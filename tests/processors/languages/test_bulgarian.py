"""Bulgarian forms, and the states that Bulgarian sentences name."""

import pytest

from processors.catalogue.model import How
from processors.languages.bulgarian import GRAMMAR
from processors.tagging import Tagger
from tests.makers import make_article


@pytest.mark.parametrize(
    ("alias", "how", "forms", "never"),
    [
        pytest.param("руски", How.DEMONYM, {"руския", "руският", "руската", "руските", "руско-"}, set(), id="руски"),
        pytest.param("американец", How.DEMONYM, {"американеца", "американци", "американците"}, set(), id="американец"),
        pytest.param("българин", How.DEMONYM, {"българина", "българи", "българите"}, {"българини"}, id="българин"),
        pytest.param("Русия", How.NAME, {"русия"}, {"русията"}, id="Русия"),
    ],
)
def test_an_alias_has_the_forms_of_its_declension(alias: str, how: How, forms: set[str], never: set[str]) -> None:
    made = {form.lower() for form in GRAMMAR.forms(alias, how)}
    assert made >= forms
    assert not made & never


@pytest.mark.parametrize(
    ("body", "states"),
    [
        ("Германците и руският президент разговаряха в Съединените щати.", {"DE", "RU", "US"}),
        ("Българо-турските отношения се подобриха.", {"BG", "TR"}),
        ("Аз му казах, че ще дойда.", set()),
    ],
)
def test_a_sentence_is_tagged_with_the_states_it_names(tagger: Tagger, body: str, states: set[str]) -> None:
    found = tagger.tag(make_article(body=body, lang="bg")).actor_ids
    assert {name.removeprefix("state/") for name in found if name.startswith("state/")} == states
