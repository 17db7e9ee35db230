"""What holds in every language."""

import pytest

from processors.tagging import Tagger
from tests.processors.languages.reading import states_in


@pytest.mark.parametrize(
    ("lang", "body"),
    [
        ("ar", "قال في غزة، وفي قطاع غزة"),
        ("en", "He was in Gaza"),
        ("ru", "Он был в секторе Газа"),
        ("uk", "Він був у секторі Гази"),
        ("zh", "他在加沙地带"),
        ("ko", "그는 가자지구에 있었다"),
        ("ja", "彼はガザにいた"),
        ("fr", "Il était à Gaza"),
        ("es", "Estuvo en Gaza"),
        ("pt", "Esteve na Faixa de Gaza"),
        ("de", "Er war im Gazastreifen"),
        ("it", "Era nella Striscia di Gaza"),
        ("pl", "Był w Strefie Gazy"),
        ("tr", "Gazze'deydi"),
        ("fa", "او در غزه بود"),
        ("ur", "وہ غزہ میں تھا"),
        ("he", "הוא היה ברצועת עזה"),
        ("hi", "वह गाजा में था"),
        ("bg", "Той беше в ивицата Газа"),
        ("cs", "Byl v Pásmu Gazy"),
        ("sl", "Bil je v Gazi"),
    ],
)
def test_gaza_stands_for_palestine(tagger: Tagger, lang: str, body: str) -> None:
    assert "PS" in states_in(tagger, body, lang)
