"""Rules that change while they are in force."""

from collections.abc import Callable
from pathlib import Path

import pytest

from processors.tagging import Tagger
from streams.inforce import InForce, Reading

RULE = "rules:\n  - {{id: {id}, pair: [Russia, North Korea]}}\n"
Load = Callable[[Path], InForce]


@pytest.fixture
def load(tagger: Tagger, tmp_path: Path) -> Load:
    return lambda place: InForce([place], tmp_path / "compiled", lambda _: tagger)


def ids(in_force: InForce) -> list[str]:
    return [rule.id for rule in in_force.rules.rules]


def test_a_changed_file_is_put_in_force(load: Load, tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(RULE.format(id="one"))
    in_force = load(path)
    assert not in_force.changed()
    path.write_text(RULE.format(id="another"))
    assert in_force.changed()
    assert in_force.read_again() is Reading.LOADED
    assert (ids(in_force), in_force.changed()) == (["another"], False)


def test_a_bad_file_changes_nothing_and_says_why(load: Load, tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(RULE.format(id="one"))
    in_force = load(path)
    path.write_text("rules:\n  - {id: one, pair: [Russia, Atlantis]}\n")
    assert in_force.read_again() is Reading.REFUSED
    assert ids(in_force) == ["one"]
    (problem,) = in_force.refused
    assert problem.startswith(f"{path}:2:")
    assert not in_force.changed(), "it is not read again and again"
    path.write_text(RULE.format(id="mended"))
    assert in_force.read_again() is Reading.LOADED
    assert (ids(in_force), in_force.refused) == (["mended"], ())


def test_a_file_that_went_changes_nothing(load: Load, tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(RULE.format(id="one"))
    in_force = load(path)
    path.unlink()
    assert in_force.changed()
    assert in_force.read_again() is Reading.REFUSED
    assert ids(in_force) == ["one"]


def test_a_config_map_is_swapped_by_a_link(load: Load, tmp_path: Path) -> None:
    folder = tmp_path / "mounted"
    for version in ("one", "two"):
        (folder / f"..{version}").mkdir(parents=True)
        (folder / f"..{version}" / "rules.yaml").write_text(RULE.format(id=version))
    (folder / "..data").symlink_to("..one")
    (folder / "rules.yaml").symlink_to("..data/rules.yaml")
    in_force = load(folder)
    assert ids(in_force) == ["one"]
    (folder / "..new").symlink_to("..two")
    (folder / "..new").replace(folder / "..data")
    assert in_force.changed()
    assert in_force.read_again() is Reading.LOADED
    assert ids(in_force) == ["two"]


def test_a_file_is_added_to_a_folder(load: Load, tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "a.yaml").write_text(RULE.format(id="one"))
    in_force = load(folder)
    (folder / "b.yaml").write_text(RULE.format(id="two").replace("Russia", "China"))
    assert in_force.changed()
    assert in_force.read_again() is Reading.LOADED
    assert ids(in_force) == ["one", "two"]
