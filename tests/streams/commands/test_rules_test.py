"""`marsad rules test`: tests of rules, on the one judge there is."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from streams.cli import main

ROOT = Path(__file__).parents[3]
FILES = ROOT / "tests" / "data" / "ruletests"


def run(*options: object) -> Result:
    return CliRunner().invoke(main, ["rules", "test", *map(str, options)])


@pytest.mark.parametrize(
    "place", [ROOT / "seeds" / "tests", FILES / "close.yaml", FILES / "exact.yaml"], ids=lambda place: place.name
)
def test_the_tests_of_the_starter_rules_and_of_distances_pass(place: Path) -> None:
    result = run(place)
    assert result.exit_code == 0, result.output


def test_every_kind_of_the_starter_rules_has_tests_of_two_rules() -> None:
    tested = (ROOT / "seeds" / "tests" / "pairs.yaml").read_text("utf-8")
    timed = (ROOT / "seeds" / "tests" / "windows.yaml").read_text("utf-8")
    kinds = {
        "match": ("moscow-pyongyang", "moscow-pyongyang-arms"),
        "threshold": ("kursk-surge", "sanctions-wave"),
        "new": ("new-partners-of-pyongyang", "new-in-space"),
        "absence": ("silence-on-ukraine", "quiet-on-the-missiles"),
    }
    for names in kinds.values():
        assert all(f"expect:\n      - {{rule: {name}," in tested + timed for name in names)


def test_what_came_otherwise_is_shown_field_by_field(tmp_path: Path) -> None:
    junit = tmp_path / "results.xml"
    result = run(FILES / "wrong.yaml", "--junit", junit)
    assert result.exit_code == 1
    for line in (
        "FAIL  wrong.yaml: another time and group",
        "at: expected 2h, came 1h",
        "severity: expected high, came medium",
        "topics: expected sanctions, came",
        "unexpected: an alert of rule close at 0s, by article near",
        "no alert of rule close as expected; none came",
        "article other and rule close: expected cooldown, came does not fit the rule",
        "expected 'is about sport' to fail, failed: names state/KP",
        "3 tests, 3 failed",
    ):
        assert line in result.output
    suite = ET.parse(junit).getroot()  # noqa: S314 - our own file
    assert (suite.get("tests"), suite.get("failures")) == ("3", "3")
    assert len(suite.findall("testcase/failure")) == 3


def test_tests_are_chosen_by_name() -> None:
    result = run(FILES / "close.yaml", "-k", "different")
    assert (result.exit_code, "1 tests, 0 failed" in result.output) == (0, True)
    assert run(FILES / "close.yaml", "-k", "no such").exit_code == 1


def test_a_bad_file_is_told_with_its_lines() -> None:
    result = run(FILES / "bad.yaml")
    assert result.exit_code == 1
    for place in ("bad.yaml:3:", "bad.yaml:4:", "bad.yaml:5:", "bad.yaml:6:"):
        assert place in result.output
    assert "serverity: unknown key; did you mean severity?" in result.output


def test_every_name_that_is_not_there_is_told_with_its_place() -> None:
    result = run(FILES / "names.yaml")
    assert result.exit_code == 1
    assert result.stdout.replace(f"{FILES}/", "") == (FILES / "names.txt").read_text("utf-8")


def test_the_mistakes_of_all_files_are_told_and_no_test_is_run(tmp_path: Path) -> None:
    for name in ("bad.yaml", "names.yaml", "exact.yaml", "exact.rules.yaml"):
        (tmp_path / name).write_bytes((FILES / name).read_bytes())
    (tmp_path / "exact.rules.yaml").rename(tmp_path / "exact.rules.txt")
    result = run(tmp_path / "bad.yaml", tmp_path / "exact.yaml")
    assert result.exit_code == 1
    assert "bad.yaml:3:" in result.stdout
    assert "exact.rules.yaml:1:1: cannot be read" in result.stdout
    assert "ok" not in result.stdout.split()


def test_a_copy_of_nothing_is_told(tmp_path: Path) -> None:
    path = tmp_path / "copies.yaml"
    path.write_text(f"rules: {FILES / 'close.rules.yaml'}\ntests: [{{name: x, articles: [{{copy_of: y}}]}}]\n")
    assert "copies.yaml:2:40: test file: tests.articles.copy_of: there is no article before it y" in run(path).output
