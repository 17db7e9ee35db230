"""What `marsad catalogue check` finds doubtful."""

from pathlib import Path
from textwrap import dedent

import pytest

from processors.catalogue.check import findings
from processors.catalogue.files import read_parts


def check(folder: Path, **files: str) -> list[str]:
    for name, content in files.items():
        (folder / f"{name}.yaml").write_text(dedent(content), "utf-8")
    return [line.replace(f"{folder}/", "") for line in findings(read_parts([folder]))]


@pytest.mark.parametrize(
    ("entries", "finding"),
    [
        pytest.param(
            "- id: state/RU\n  name:\n    en:\n      - Russia\n      - Russia\n",
            "a.yaml:5: Russia is there twice for state/RU, first at a.yaml:4; drop one",
            id="twice",
        ),
        pytest.param(
            "- {id: person/x, name: {en: [Xa Yb]}, roles: [{of: state/RU, role: president}]}\n- {id: state/RU}\n",
            "a.yaml:1: person/x: the role president state/RU has no `since`; date it",
            id="undated role",
        ),
        pytest.param(
            "- {id: state/RU, historic: {en: {USSR: [Soviet Union]}}}\n",
            "a.yaml:1: state/RU: date USSR by `periods`",
            id="undated former state",
        ),
        pytest.param(
            "- {id: org/x, name: {en: [people]}}\n",
            "a.yaml:1: people (org/x) is a common word in en; guard it",
            id="common",
        ),
    ],
)
def test_what_is_doubtful_is_found_with_its_line(tmp_path: Path, entries: str, finding: str) -> None:
    assert check(tmp_path, a=entries) == [finding]


def test_an_alias_of_two_actors_is_found_unless_it_is_guarded(tmp_path: Path) -> None:
    one, other = "- {id: state/CD, name: {en: [Congo]}}\n", "- {id: state/CG, name: {en: [Congo]}}\n"
    assert check(tmp_path, a=one, b=other) == [
        "a.yaml:1: Congo stands for state/CD and for state/CG (b.yaml:1); guard it or drop it"
    ]
    guarded = "- {id: state/CG, name: {en: [Congo]}, guards: {en: {Congo: {needs: [Brazzaville]}}}}\n"
    assert check(tmp_path, b=guarded) == []


def test_an_alias_that_one_file_gives_to_two_actors_means_both(tmp_path: Path) -> None:
    both = "lang: zh\nstate/CN: {demonym: [中美]}\nstate/US: {demonym: [中美]}\n"
    assert check(tmp_path, a=both) == []


def test_marsads_own_catalogue_has_no_doubtful_entries() -> None:
    assert findings(read_parts([Path(__file__).parents[3] / "seeds" / "catalogue"])) == []
