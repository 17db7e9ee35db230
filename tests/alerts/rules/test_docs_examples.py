"""The examples of docs/rules.md, each of them loaded and checked."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from alerts.rule import Rule
from alerts.rules import read_rules
from alerts.rules.summary import FIELDS
from processors.yamlnodes import read_document
from streams.schemas import schemas
from streams.settings import Settings
from streams.wiring import load_tagger

TEXT = (Path(__file__).parents[3] / "docs" / "rules.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
SEEDS = [Path(__file__).parents[3] / "seeds" / name for name in ("rules.yaml", "new-rules.yaml")]


def rules_in(example: str, tmp_path: Path) -> list[Rule]:
    path = tmp_path / "rules.yaml"
    path.write_text(example, "utf-8")
    home = Settings().home if "actors:\n" not in example else tmp_path
    found = read_rules([path], load_tagger(Settings(rules=path, home=home)))
    assert found.warnings == ()
    return found.index.rules


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_is_without_problems(number: int, tmp_path: Path) -> None:
    assert rules_in(EXAMPLES[number], tmp_path)


def test_an_example_in_full_is_the_same_as_flat(tmp_path: Path) -> None:
    pairs = [
        (rules_in(flat, tmp_path), rules_in(full, tmp_path)) for flat, full in pairwise(EXAMPLES) if "match:" in full
    ]
    assert len(pairs) == 4
    assert all(flat == full for flat, full in pairs)
    assert {type(flat[0].kind).__name__ for flat, _ in pairs} == {"Match", "Threshold", "New", "Absence"}


@pytest.mark.parametrize("content", [*EXAMPLES, *(path.read_text("utf-8") for path in SEEDS)])
def test_what_is_right_fits_the_schema(content: str, tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(content, "utf-8")
    validator = Draft202012Validator(schemas()["rules.schema.json"])
    assert [error.message for error in validator.iter_errors(_plain(read_document(path).content))] == []


@pytest.mark.parametrize(
    "rule",
    [
        {"pair": ["a", "b"]},
        {"id": "x", "pair": ["a"]},
        {"id": "x", "pear": ["a", "b"]},
        {"id": "x", "severity": "urgent"},
        {"id": "x", "window": "1d"},
        {"id": "x", "cooldown": "soon"},
        {"id": "x", "within": "para"},
        {"id": "x", "match": {"topic": ["trade"]}},
    ],
    ids=str,
)
def test_what_is_wrong_does_not_fit_the_schema(rule: dict[str, object]) -> None:
    assert not Draft202012Validator(schemas()["rules.schema.json"]).is_valid({"rules": [rule]})


def test_every_field_of_a_summary_is_documented() -> None:
    assert set(re.findall(r"`\$(\w+)`", TEXT)) >= {*FIELDS}


def _plain(value: object) -> object:
    """Return a value as JSON has it, whose keys are texts."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value
