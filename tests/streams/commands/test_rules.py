"""`marsad rules` and `marsad explain rule`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from streams.cli import main

GOOD = "rules:\n  - {id: drills, pair: [Russia, China], topics: [joint-exercises]}\n"
DEFINES = """\
actors:
  - {id: org/harbour-council, name: {en: [Harbour Council]}}
rules:
  - {id: harbour, actors: [Harbour Council]}
"""


def run(*words: str, rules: Path | None = None, text: str | None = None) -> Result:
    return CliRunner().invoke(main, words, input=text, env={"MARSAD_RULES": str(rules) if rules else ""})


def written(folder: Path, content: str) -> Path:
    path = folder / "rules.yaml"
    path.write_text(content, "utf-8")
    return path


def test_good_rules_are_without_problems(tmp_path: Path) -> None:
    result = run("rules", "check", str(written(tmp_path, GOOD)))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "1 rules in force" in result.stderr


def test_the_rules_in_force_are_checked_without_a_file(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD.replace("topics", "topic"))
    result = run("rules", "check", rules=path)
    assert result.exit_code == 1
    assert result.stdout == f"{path}:2:41: rule drills: topic: unknown key; did you mean topics?\n"


def test_a_warning_ends_with_a_status_too(tmp_path: Path) -> None:
    result = run("rules", "check", str(written(tmp_path, "rules:\n  - {id: wide, topics: [security]}\n")))
    assert result.exit_code == 1
    assert "warning: rule wide: fits 36 of 70 sample articles" in result.stdout


def test_what_a_checked_file_defines_is_known(tmp_path: Path) -> None:
    assert run("rules", "check", str(written(tmp_path, DEFINES))).exit_code == 0


def test_the_schema_is_that_of_the_docs() -> None:
    published = Path(__file__).parents[3] / "docs" / "rules.schema.json"
    assert json.loads(run("rules", "schema").stdout) == json.loads(published.read_text("utf-8"))


def test_a_new_file_is_good_and_overwrites_nothing(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    assert run("rules", "new", str(path)).exit_code == 0
    first, *_ = path.read_text("utf-8").splitlines()
    named = first.removeprefix("# yaml-language-server: $schema=")
    assert "$defs" in json.loads((tmp_path / named).read_text("utf-8"))
    assert run("rules", "check", str(path)).exit_code == 0
    path.write_text("mine", "utf-8")
    again = run("rules", "new", str(path))
    assert (again.exit_code, path.read_text("utf-8")) == (1, "mine")
    assert "there is such a file already" in again.output


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param(
            "Russia and China held joint naval drills.",
            [
                "PASS rule drills",
                "    PASS names state/CN",
                "  PASS has any of these topics: joint-exercises: joint-exercises",
            ],
            id="fits",
        ),
        pytest.param(
            "Russia spoke.",
            ["FAIL rule drills", "    FAIL names state/CN", "  FAIL has any of these topics: joint-exercises: none"],
            id="does not",
        ),
    ],
)
def test_a_rule_is_explained_for_an_article(text: str, lines: list[str], tmp_path: Path) -> None:
    result = run("explain", "rule", "drills", "-", rules=written(tmp_path, GOOD), text=text)
    assert result.exit_code == 0
    assert [line for line in result.output.splitlines() if line in lines] == lines


def test_a_rule_that_is_not_in_force_is_told(tmp_path: Path) -> None:
    result = run("explain", "rule", "drils", "-", rules=written(tmp_path, GOOD), text="Russia")
    assert result.exit_code == 1
    assert "no rule drils is in force; did you mean drills?" in result.output
