"""Words and shingles of texts."""

from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.shingles import base_language, shingles, words

FIVE = "one two three four five"


@pytest.mark.parametrize(
    ("text", "lang", "found"),
    [
        pytest.param("The “Quick” brown-fox, again…", "en", "the quick brown fox again", id="punctuation and case"),
        pytest.param("وقالت: «نعم»، ثم سكتت؟", "ar", "وقالت نعم ثم سكتت", id="Arabic punctuation"),
        pytest.param("مـؤكَّدًا", "ar", "مؤكدا", id="tatweel and vowel signs"),
        pytest.param("新华社，北京。", "zh", "新华社 北京", id="wide punctuation"),
        pytest.param("... – !", "en", "", id="no word"),
    ],
)
def test_words_are_found_whatever_stands_around_them(text: str, lang: str, found: str) -> None:
    assert b" ".join(words(text, lang)).decode() == found


def test_a_text_has_a_shingle_for_every_five_words_in_a_row() -> None:
    assert [len(shingles(words(f"{FIVE} {more}", "en"), "en")) for more in ("", "six", "six seven")] == [1, 2, 3]
    assert shingles(words("one two three four", "en"), "en") == []


def test_characters_stand_for_words_where_no_spaces_are_written() -> None:
    assert len(shingles(words("国家 主席今天", "zh-hans"), base_language("zh-hans"))) == 2


def test_the_numbers_are_the_same_everywhere() -> None:
    assert shingles(words(f"{FIVE} six", "en"), "en") == [428996244, 2029756900]
    assert shingles(words("中文新闻报道", "zh"), "zh") == [1746436050, 463112778]


@given(st.lists(st.text("abc", min_size=1), min_size=5))
def test_a_shingle_depends_on_its_five_words_and_their_order_alone(found: list[str]) -> None:
    alone = [found[start : start + 5] for start in range(len(found) - 4)]
    whole = shingles([word.encode() for word in found], "en")
    assert whole == [shingles([word.encode() for word in five], "en")[0] for five in alone]
    for five, number in zip(alone, whole, strict=True):
        turned = shingles([word.encode() for word in reversed(five)], "en")[0]
        assert (turned == number) == _same_sum(five)


def _same_sum(five: list[str]) -> bool:
    """Tell whether the outer words and the inner ones are alike, so that turning them round changes nothing."""
    hashes = [crc32(word.encode()) for word in five]
    return hashes == hashes[::-1]


@given(st.text())
def test_any_text_has_words_and_shingles(text: str) -> None:
    for lang in ("en", "zh", "ar"):
        assert len(shingles(words(text, lang), lang)) <= len(text)
