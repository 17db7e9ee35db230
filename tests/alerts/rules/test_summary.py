"""What a summary may say."""

import pytest

from alerts.rules.summary import FIELDS, checked_summary, rendered


def test_a_summary_is_filled_in() -> None:
    assert rendered("$actors: $title for 5 $$, ${owner}.", {"actors": "A and B", "title": "$actors"}) == (
        "A and B: $actors for 5 $, ."
    )


@pytest.mark.parametrize("name", FIELDS)
def test_every_documented_field_may_be_named(name: str) -> None:
    assert rendered(checked_summary(f"${name}"), {name: "it"}) == "it"


@pytest.mark.parametrize(
    "written", ["$titel", "$title.__class__ $x", "${title!r}", "$", "${", "${__import__('os')}"]
)  # fmt: skip
def test_nothing_else_may(written: str) -> None:
    with pytest.raises(ValueError, match=r"field|sign itself"):
        checked_summary(written)
