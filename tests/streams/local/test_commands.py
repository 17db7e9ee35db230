"""`marsad local` as typed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from streams.local.commands import local


def test_status_of_nothing_is_json_and_exit_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_HOME", str(tmp_path))
    result = CliRunner().invoke(local, ["status", "--json"])
    assert result.exit_code == 1
    assert {json.loads(result.stdout)[name]["state"] for name in ("kafka", "redis")} == {"stopped"}


def test_down_of_nothing_says_so_and_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_HOME", str(tmp_path))
    result = CliRunner().invoke(local, ["down"])
    assert (result.exit_code, result.stderr) == (0, "the local services were not running\n")
    assert not list(tmp_path.iterdir())


def test_what_is_wrong_is_one_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("MARSAD_HOME", str(tmp_path / "file"))
    result = CliRunner().invoke(local, ["up"])
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {tmp_path}/file/local: Not a directory")
