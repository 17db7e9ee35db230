"""YAML that knows where it stands."""

from datetime import date
from pathlib import Path

import pytest

from processors.yamlnodes import Document, Place, read_document


def document(tmp_path: Path, content: str) -> Document:
    path = tmp_path / "a.yaml"
    path.write_text(content, "utf-8")
    return read_document(path)


def test_values_and_keys_know_their_places(tmp_path: Path) -> None:
    found = document(tmp_path, "a:\n  - b: [1, no]\n    c: 2024-05-01\n")
    assert found.content == {"a": [{"b": [1, "no"], "c": date(2024, 5, 1)}]}
    assert found.at(("a", 0, "b", 1)) == Place(2, 12)
    assert found.at(("a", 0, "c"), key=True) == Place(3, 5)
    assert found.at(("a", 0, "not there", "c")) == Place(3, 8)
    assert found.at(()) == Place(1, 1)


@pytest.mark.parametrize(
    ("content", "places"),
    [
        pytest.param("a: 1\nb: 2\na: 3\n", [(3, 1)], id="a repeated key"),
        pytest.param("a: [1\nb: 2\n", [(2, 2)], id="no YAML"),
        pytest.param("a: 2024-13-45\n", [(1, 4)], id="no date"),
        pytest.param("a: !!python/object:os.system x\n", [(1, 4)], id="no such tag"),
        pytest.param("a: 1\n<<: 3\n", [(1, 1)], id="nothing to merge"),
    ],
)
def test_faults_know_their_places(tmp_path: Path, content: str, places: list[tuple[int, int]]) -> None:
    assert [tuple(fault.place) for fault in document(tmp_path, content).faults] == places


def test_what_is_named_by_anchors_is_one_object_however_often_it_is_there(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40))]
    content = document(tmp_path, "\n".join(lines)).content
    assert isinstance(content, dict)
    assert content["a39"][0] is content["a38"]


def test_own_keys_win_over_merged_ones(tmp_path: Path) -> None:
    found = document(tmp_path, "- &a {x: 1, y: 2}\n- {<<: *a, y: 3}\n")
    assert found.content == [{"x": 1, "y": 2}, {"x": 1, "y": 3}]
    assert found.at((1, "y")) == Place(2, 15)
