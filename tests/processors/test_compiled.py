"""What was compiled once is read from the cache."""

from pathlib import Path

import pytest

from processors.compiled import CompiledCatalogue
from processors.errors import ConfigError
from tests.processors.catalogues import make_compiled

RUSSIA = "- {id: state/RU, name: {en: [Russia]}}"


def test_a_second_start_reads_no_yaml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_compiled(tmp_path, a=RUSSIA).lexicon("en")
    monkeypatch.setattr("processors.compiled.read_parts", lambda _: pytest.fail("the files were read again"))
    again = make_compiled(tmp_path)
    assert again.catalogue.label("state/RU") == "Russia"
    assert again.lexicon("en").forms == ["russia"]


def test_a_changed_file_is_compiled_again(tmp_path: Path) -> None:
    make_compiled(tmp_path, a=RUSSIA)
    assert make_compiled(tmp_path, a=RUSSIA.replace("Russia", "Rossiya")).catalogue.label("state/RU") == "Rossiya"


def test_a_broken_cache_is_made_again(tmp_path: Path) -> None:
    make_compiled(tmp_path, a=RUSSIA)
    for file in (tmp_path / "compiled").rglob("*.msgpack"):
        file.write_bytes(b"\x93broken")
    assert make_compiled(tmp_path).catalogue.label("state/RU") == "Russia"


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "compiled").write_text("a file where the folder would be")
    compiled = make_compiled(tmp_path, a=RUSSIA)
    assert compiled.lexicon("en").forms == ["russia"]


def test_what_was_compiled_of_old_files_is_removed(tmp_path: Path) -> None:
    for number in range(20):
        make_compiled(tmp_path, a=RUSSIA.replace("Russia", f"Russia{number}"))
    assert 1 < len([*(tmp_path / "compiled").iterdir()]) < 12
    assert make_compiled(tmp_path).catalogue.label("state/RU") == "Russia19"


def test_ones_own_files_extend_the_catalogue(tmp_path: Path) -> None:
    make_compiled(tmp_path, a=RUSSIA)
    mine = tmp_path / "mine.yaml"
    mine.write_text("- {id: org/club, name: {en: [The Club]}, roles: [{of: state/RU}]}", "utf-8")
    both = CompiledCatalogue([tmp_path / "catalogue", mine], tmp_path / "compiled")
    assert {*both.catalogue.actors} == {"state/RU", "org/club"}


def test_a_place_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.yaml"):
        CompiledCatalogue([tmp_path / "nowhere.yaml"], tmp_path / "compiled")
