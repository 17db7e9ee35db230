"""Signatures of articles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.signature import BANDS, MOST, Signature, signature_of
from tests.makers import make_article


def numbered(first: int, last: int) -> str:
    return " ".join(f"word{number}" for number in range(first, last))


def numbers(joined: bytes) -> set[int]:
    return set(memoryview(joined).cast("I"))


def shared(one: Signature, other: Signature) -> float:
    """Return the Jaccard similarity that two signatures tell of."""
    limit = (1 << 32) >> max(one.halvings, other.halvings)
    first, second = ({n for n in numbers(s.shingles) if n < limit} for s in (one, other))
    return len(first & second) / len(first | second)


def of(body: str, title: str = "", lang: str = "en") -> Signature:
    return signature_of(make_article(title=title, body=body, lang=lang))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        pytest.param({"title": "One"}, {"title": "Two"}, True, id="another title of a body that tells enough"),
        pytest.param(
            {"title": "One", "body": "Read more."}, {"title": "Two", "body": "Read more."}, False, id="teasers"
        ),
        pytest.param({"title": "One", "body": ""}, {"title": "ONE!", "body": ""}, True, id="equal headlines"),
        pytest.param({"lang": "en"}, {"lang": "fr"}, False, id="another language"),
        pytest.param({"lang": "zh-hant"}, {"lang": "zh"}, True, id="a variety of one language"),
    ],
)
def test_what_makes_texts_equal(one: dict[str, str], other: dict[str, str], *, alike: bool) -> None:
    first, second = (signature_of(make_article(**fields)) for fields in (one, other))  # type: ignore[arg-type]  # strings all
    assert (first.text == second.text) is alike


@pytest.mark.parametrize(
    ("body", "lang", "compared"),
    [
        pytest.param(numbered(0, 19), "en", False, id="nineteen words"),
        pytest.param(numbered(0, 20), "en", True, id="twenty words"),
        pytest.param("国" * 60, "zh", False, id="one character over and over"),
        pytest.param("".join(map(chr, range(0x4E00, 0x4E28))), "zh", True, id="forty characters"),
    ],
)
def test_a_short_text_is_not_compared_by_parts(body: str, lang: str, *, compared: bool) -> None:
    signature = of(body, lang=lang)
    assert (bool(signature.shingles), bool(signature.bands)) == (compared, compared)


def test_a_text_that_repeats_itself_counts_once() -> None:
    once, thrice = of(numbered(0, 200)), of(" ".join([numbered(0, 200)] * 3))
    assert shared(once, thrice) > 0.97


@given(st.integers(20, 6000))
def test_a_signature_is_bounded_and_its_bands_are_of_its_shingles(length: int) -> None:
    signature = of(numbered(0, length))
    kept, bands = numbers(signature.shingles), numbers(signature.bands)
    assert len(kept) <= MOST
    assert 1 <= len(bands) <= BANDS[-1]
    assert bands <= kept
    assert signature.halvings == 0 or len(kept) > MOST / 3


def test_of_a_long_text_a_sample_tells_how_much_is_shared() -> None:
    # words 0 ......... 3000 ......... 6000 ......... 9000
    #       <------- one ------------->
    #                  <------------ other ----------->
    one, other = of(numbered(0, 6000)), of(numbered(3000, 9000))
    assert shared(one, other) == pytest.approx(1 / 3, abs=0.06)
    assert shared(one, of(numbered(0, 1000))) == pytest.approx(1 / 6, abs=0.06)


def test_copies_of_half_a_text_have_bands_in_common() -> None:
    # Jaccard of 0.5: a text of 300 words of which the first or last 200 are the other's as well
    missed = sum(
        numbers(of(numbered(start, start + 300)).bands).isdisjoint(
            numbers(of(numbered(start + 100, start + 400)).bands)
        )
        for start in range(0, 400_000, 1000)
    )
    assert missed <= 4
