"""The matching form of a text, and the way back."""

from hypothesis import given
from hypothesis import strategies as st

from processors.normalise import normalise

DROPPED = "ـ\u200b\u200c\u064b\u0652\ufeff\u00ad"
TEXTS = st.text(
    st.sampled_from("aİIıßأإیكـة’ " + DROPPED) | st.characters(exclude_characters="Σ")
)  # Σ: its lower case depends on its place


@given(TEXTS)
def test_every_letter_of_the_form_stood_where_it_says(text: str) -> None:
    seen = normalise(text)
    for index, letter in enumerate(seen.text):
        start, end = seen.span(index, index + 1)
        assert end == start + 1
        assert normalise(text[start]).text == letter


@given(TEXTS)
def test_what_is_dropped_is_nothing_but_marks(text: str) -> None:
    seen = normalise(text)
    kept = {seen.span(index, index + 1)[0] for index in range(len(seen.text))}
    assert all(normalise(letter).text == "" for offset, letter in enumerate(text) if offset not in kept)


@given(TEXTS)
def test_the_form_of_a_form_is_itself(text: str) -> None:
    assert normalise(normalise(text).text).text == normalise(text).text
