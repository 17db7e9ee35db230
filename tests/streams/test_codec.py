"""What is an article, and what each message that is none is called."""

import gzip
import json
from pathlib import Path

import jsonschema
import pytest

from processors.article import TimeBasis
from streams.codec import BadArticleError, Reason, decode
from tests.makers import wire

NOW = 1_700_000_000.0
LIMIT = 1024 * 1024
HOSTILE = [
    pytest.param(b"", Reason.EMPTY, id="empty"),
    pytest.param(b"  \n", Reason.EMPTY, id="white space"),
    pytest.param(b"it is not", Reason.NOT_JSON, id="not JSON"),
    pytest.param('{"title": "Москва"}'.encode()[:-5], Reason.NOT_UTF8, id="truncated UTF-8"),
    pytest.param(b'{"title": "Mosc', Reason.NOT_JSON, id="truncated JSON"),
    pytest.param(wire(title=7), Reason.WRONG_TYPE, id="a title that is a number"),
    pytest.param(b'["title"]', Reason.WRONG_TYPE, id="a list"),
    pytest.param(wire(title="x" * LIMIT), Reason.TOO_LARGE, id="too large"),
    pytest.param(b'{"title": "a", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", Reason.TOO_DEEP, id="nested"),
    pytest.param(wire(title="a\0b"), Reason.NUL_BYTE, id="NUL"),
    pytest.param(wire(source="somebody"), Reason.NO_TEXT, id="no text"),
    pytest.param(wire(title=" ", body="\n"), Reason.NO_TEXT, id="nothing but white space"),
    pytest.param(wire(title="a", published_at="9999-12-31T00:00:00Z"), Reason.IMPLAUSIBLE_TIME, id="year 9999"),
    pytest.param(wire(title="a", published_at="yesterday"), Reason.BAD_TIME, id="no date"),
    pytest.param(wire(title="a", published_at="2024-01-01T00:00:00"), Reason.BAD_TIME, id="a date without offset"),
    pytest.param(wire(title="a", id="x" * 600), Reason.WRONG_TYPE, id="an endless id"),
]


@pytest.mark.parametrize(("raw", "reason"), HOSTILE)
def test_what_is_no_article_has_its_own_reason(raw: bytes, reason: Reason) -> None:
    with pytest.raises(BadArticleError) as caught:
        decode(raw, NOW, LIMIT)
    assert caught.value.reason is reason


def test_unknown_fields_are_tolerated() -> None:
    assert decode(wire(title="Moscow", mood="good"), NOW, LIMIT).title == "Moscow"


def test_the_id_of_two_writings_of_one_url_is_the_same() -> None:
    one = decode(wire(title="a", url="https://News.example.org/story?utm_source=feed&b=2&a=1"), NOW, LIMIT)
    other = decode(wire(title="b", url="https://news.example.org/story?a=1&b=2"), NOW, LIMIT)
    assert one.id == other.id


def test_without_a_url_the_id_is_that_of_the_text() -> None:
    one, same, other = (decode(wire(title=title), NOW, LIMIT) for title in ("a", "a", "b"))
    assert one.id == same.id != other.id


def test_the_language_is_detected_when_it_is_not_given() -> None:
    assert decode(wire(title="Владимир Путин прибыл в Пхеньян"), NOW, LIMIT).lang == "ru"
    assert decode(wire(title="2024", lang=None), NOW, LIMIT).lang == "und"


@pytest.mark.parametrize(
    ("published_at", "expected", "basis"),
    [
        pytest.param(None, NOW, TimeBasis.KAFKA, id="not given"),
        pytest.param("2023-11-14T22:13:20Z", NOW, TimeBasis.PUBLISHED, id="now"),
        pytest.param("2023-11-15T01:18:20+03:00", NOW + 300, TimeBasis.PUBLISHED, id="five minutes ahead"),
        pytest.param("2023-11-14T22:33:20Z", NOW, TimeBasis.KAFKA, id="twenty minutes ahead"),
    ],
)
def test_the_time_is_the_articles_own_unless_it_lies_ahead(
    published_at: str | None, expected: float, basis: TimeBasis
) -> None:
    article = decode(wire(title="a", published_at=published_at), NOW, LIMIT)
    assert (article.published_at, article.time_basis) == (expected, basis)


def test_the_schema_allows_what_is_decoded_and_refuses_what_is_not() -> None:
    schema = json.loads((Path(__file__).parents[2] / "docs" / "article.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    validator.check_schema(schema)
    assert validator.is_valid({"title": "Moscow", "published_at": "2024-01-01T00:00:00Z", "mood": "good"})
    assert not validator.is_valid({"title": 7})
    assert not validator.is_valid({"source": "somebody"})


def test_a_small_message_can_unpack_to_a_large_one() -> None:
    assert len(gzip.compress(wire(title="x" * 10_000_000))) < LIMIT
