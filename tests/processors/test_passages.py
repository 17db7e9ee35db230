"""Paragraphs, sentences and words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.passages import paragraphs, part_of, sentences, words, words_between


def cut(text: str, starts: list[int]) -> list[str]:
    return [text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"], id="marks"),
        pytest.param("“One.” Two.", ["“One.”", "Two."], id="a quotation's end"),
        pytest.param("The U.S. and Gen. Li met.", ["The U.S. and Gen. Li met."], id="abbreviations"),
        pytest.param("J. Smith came.", ["J. Smith came."], id="an initial"),
        pytest.param("Am 12. September kam er.", ["Am 12. September kam er."], id="a date"),
        pytest.param("It was 2020. Then it ended.", ["It was 2020.", "Then it ended."], id="a year"),
        pytest.param("He saw it ... and left.", ["He saw it ... and left."], id="goes on in small letters"),
        pytest.param("俄罗斯。中国！", ["俄罗斯。", "中国！"], id="Chinese"),
        pytest.param("من؟ روسيا.", ["من؟", "روسيا."], id="Arabic"),
        pytest.param("यह है। वह है।", ["यह है।", "वह है।"], id="Hindi"),
        pytest.param("A title\n\nA line", ["A title", "A line"], id="a paragraph ends a sentence"),
        pytest.param("Broken\nin two.\n\nNext", ["Broken\nin two.", "Next"], id="a line does not"),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert cut(text, sentences(text)) == expected


def test_paragraphs_are_apart_by_blank_lines_or_else_by_lines() -> None:
    assert cut("a\nb\n \n\nc", paragraphs("a\nb\n \n\nc")) == ["a\nb", "c"]
    assert cut("a\nb\nc", paragraphs("a\nb\nc")) == ["a", "b", "c"]


@given(st.text("ab. \n。", max_size=60), st.data())
def test_every_place_is_in_one_part(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    for starts in (paragraphs(text), sentences(text)):
        part = part_of(starts, place)
        assert starts[part] <= place
        assert part + 1 == len(starts) or place < starts[part + 1]


@pytest.mark.parametrize(
    ("text", "end", "start", "expected"),
    [
        pytest.param("Russia and China", 6, 11, 1, id="one"),
        pytest.param("Russia, China", 6, 8, 0, id="a comma is none"),
        pytest.param("Russia – in 2020 – met China", 6, 23, 3, id="nor is a dash"),
        pytest.param("Russo-Chinese", 5, 6, 0, id="within one word"),
        pytest.param("中俄", 2, 0, 0, id="one over the other"),
    ],
)
def test_words_between(text: str, end: int, start: int, expected: int) -> None:
    assert words_between(words(text, spaced=True), end, start) == expected


def test_two_characters_are_a_word_without_spaces() -> None:
    text = "俄罗斯总统昨天前往中国"
    assert words_between(words(text, spaced=False), 3, 9) == 2
