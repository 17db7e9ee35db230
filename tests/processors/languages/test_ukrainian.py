"""Ukrainian forms, and the states that Ukrainian sentences name."""

import pytest

from processors.catalogue.model import How
from processors.languages.ukrainian import GRAMMAR
from processors.tagging import Tagger
from tests.makers import make_article


@pytest.mark.parametrize(
    ("alias", "how", "forms", "never"),
    [
        pytest.param("Київ", How.CAPITAL, {"києва", "києву", "києвом"}, set(), id="Київ"),
        pytest.param(
            "Об'єднані Арабські Емірати",
            How.NAME,
            {"об'єднаних арабських еміратів"},
            set(),
            id="Об'єднані Арабські Емірати",
        ),
        pytest.param("німець", How.DEMONYM, {"німця", "німці", "німців"}, set(), id="німець"),
        pytest.param("американка", How.DEMONYM, {"американки", "американку"}, set(), id="американка"),
        pytest.param("Малі", How.NAME, {"малі"}, {"малих", "малого"}, id="Малі"),
        pytest.param(
            "Володимир Зеленський",
            How.PERSON,
            {"володимира зеленського", "володимиром зеленським"},
            set(),
            id="Володимир Зеленський",
        ),
    ],
)
def test_an_alias_has_the_forms_of_its_declension(alias: str, how: How, forms: set[str], never: set[str]) -> None:
    made = {form.lower() for form in GRAMMAR.forms(alias, how)}
    assert made >= forms
    assert not made & never


@pytest.mark.parametrize(
    ("body", "states"),
    [
        ("Посол Сполучених Штатів прибув до Києва.", {"US", "UA"}),
        ("Російсько-українські переговори відбулися в Туреччині.", {"RU", "UA", "TR"}),
        ("Досі невідомо, коли вони повернуться. Додому поїхали не всі.", set()),
        ("Він розмовляє англійською мовою.", set()),
        ("Прем’єр В’єтнаму відвідав Об’єднані Арабські Емірати.", {"VN", "AE"}),
    ],
)
def test_a_sentence_is_tagged_with_the_states_it_names(tagger: Tagger, body: str, states: set[str]) -> None:
    found = tagger.tag(make_article(body=body, lang="uk")).actor_ids
    assert {name.removeprefix("state/") for name in found if name.startswith("state/")} == states
