"""States in Japanese sentences."""

import pytest

from processors.tagging import Tagger
from tests.processors.languages.reading import states_in


@pytest.mark.parametrize(
    ("body", "found"),
    [
        pytest.param("日米韓の外相が電話会談した", {"JP", "US", "KR"}, id="three letters name three states"),
        pytest.param("露外務省は英首相を批判した", {"RU", "GB"}, id="letters before a noun"),
        pytest.param("28日米軍機が離陸した", {"US"}, id="a date before a letter"),
        pytest.param("インドネシアの首都とインド", {"ID", "IN"}, id="katakana end where the script does"),
        pytest.param("タイヤとタイトル", set(), id="a name inside a longer word of katakana"),
        pytest.param("中国地方と中国電力", set(), id="the region of Japan"),
        pytest.param("英語の授業と独立記念日", set(), id="letters inside other words"),
    ],
)
def test_a_sentence_names_its_states(body: str, found: set[str], tagger: Tagger) -> None:
    assert states_in(tagger, body, "ja") == found
