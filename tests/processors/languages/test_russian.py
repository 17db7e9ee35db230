"""Russian forms, and the states that Russian sentences name."""

import pytest

from processors.catalogue.model import How
from processors.languages.russian import GRAMMAR
from processors.tagging import Tagger
from tests.makers import make_article


@pytest.mark.parametrize(
    ("alias", "how", "forms", "never"),
    [
        pytest.param("Россия", How.NAME, {"россии", "россию", "россией"}, set(), id="Россия"),
        pytest.param(
            "Соединённые Штаты Америки",
            How.NAME,
            {"соединённых штатов америки", "соединёнными штатами америки"},
            set(),
            id="Соединённые Штаты Америки",
        ),
        pytest.param(
            "Республика Корея", How.NAME, {"республики корея", "республикой корея"}, set(), id="Республика Корея"
        ),
        pytest.param(
            "российский",
            How.DEMONYM,
            {"российского", "российская", "российские", "российско-"},
            {"российск"},
            id="российский",
        ),
        pytest.param("россиянин", How.DEMONYM, {"россиянина", "россияне", "россиян"}, set(), id="россиянин"),
        pytest.param("Мали", How.NAME, {"мали"}, {"малей", "малю"}, id="Мали"),
        pytest.param("Претория", How.CAPITAL, {"претории", "преторию"}, set(), id="Претория"),
        pytest.param(
            "Владимир Путин", How.PERSON, {"владимира путина", "владимиром путиным"}, set(), id="Владимир Путин"
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
        ("Представители Соединённых Штатов и Китая встретились в Эр-Рияде.", {"US", "CN", "SA"}),
        ("Американо-китайские переговоры прошли в Женеве.", {"US", "CN"}),
        ("Он выучил английский и говорит на русском языке.", set()),
        ("Того же мнения придерживается Франция.", {"FR"}),
        ("Сенат округа Колумбия рассмотрит закон.", set()),
        ("Учения в Индийском океане начал Пакистан.", {"PK"}),
        ("Советская делегация посетила ГДР.", {"RU", "DE"}),
    ],
)
def test_a_sentence_is_tagged_with_the_states_it_names(tagger: Tagger, body: str, states: set[str]) -> None:
    found = tagger.tag(make_article(body=body, lang="ru")).actor_ids
    assert {name.removeprefix("state/") for name in found if name.startswith("state/")} == states
