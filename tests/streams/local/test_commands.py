"""`marsad local` as typed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from streams.local.commands import local
from streams.local.maven import kafka_jars
from streams.settings import Settings
from tests.streams.local.conftest import say


def test_status_of_nothing_is_json_and_exit_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_HOME", str(tmp_path))
    result = run("status", "--json")
    assert result.exit_code == 1
    assert {json.loads(result.stdout)[name]["state"] for name in ("kafka", "redis")} == {"stopped"}


def test_down_of_nothing_says_so_and_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_HOME", str(tmp_path))
    result = run("down")
    assert (result.exit_code, result.stderr) == (0, "the local services were not running\n")
    assert not list(tmp_path.iterdir())


def test_up_status_and_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = f"kafka-{Settings().kafka_version}.json"
    kafka_jars(Settings(), say)
    (tmp_path / index).write_bytes((Settings().home / index).read_bytes())
    monkeypatch.setenv("MARSAD_HOME", str(tmp_path))
    try:
        up = json.loads(run("up", "--json").stdout)
        status = run("status", "--json")
        assert status.exit_code == 0
        assert {name: json.loads(status.stdout)[name]["address"] for name in ("kafka", "redis")} == up
        assert run("up").stdout == f"Kafka {up['kafka']}\nRedis {up['redis']}\n"
    finally:
        assert run("down").exit_code == 0
    stopped = run("status")
    assert stopped.exit_code == 1
    assert stopped.stdout.startswith("Kafka stopped; log ")


def test_what_is_wrong_is_one_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("MARSAD_HOME", str(tmp_path / "file"))
    result = run("up")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {tmp_path}/file/local: Not a directory")


def run(*words: str) -> Result:
    return CliRunner().invoke(local, words)
