"""Rule files, good and bad."""

from pathlib import Path

import pytest

from alerts.rules import RuleFileError, load_rules
from processors.tagging import Tagger
from streams.settings import Settings

BAD = Path(__file__).parents[1] / "data" / "rules"


def test_three_lines_are_enough(tagger: Tagger, tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(
        "rules:\n  - id: moscow-pyongyang\n    pair: [روسيا, كوريا الشمالية]\n"
        "    topics: [military-cooperation, space-technology]\n",
        "utf-8",
    )
    (rule,) = load_rules(path, tagger).rules
    assert rule.pair == ("state/KP", "state/RU")
    assert {"military-cooperation", "joint-exercises", "space-technology", "satellites"} <= rule.topics


@pytest.mark.parametrize("path", sorted(BAD.glob("bad-*.yaml")), ids=lambda path: path.stem)
def test_a_bad_rule_file_is_refused_with_every_problem(path: Path, tagger: Tagger) -> None:
    expected = path.with_suffix(".txt").read_text("utf-8").strip()
    with pytest.raises(RuleFileError) as caught:
        load_rules(path, tagger)
    assert str(caught.value).replace(f"{path}: ", "") == expected


def test_the_starter_rules_are_good(tagger: Tagger) -> None:
    assert Settings().rules is None
    assert len(load_rules(Path(__file__).parents[2] / "seeds" / "rules.yaml", tagger).rules) >= 5
