"""deploy/secrets."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.deploy.compose import DEPLOY, read_compose


def made(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the script beside nothing else."""
    folder.mkdir(exist_ok=True)
    shutil.copy(DEPLOY / "secrets", folder)
    return subprocess.run([folder / "secrets"], capture_output=True, text=True, check=False)


def written(folder: Path) -> dict[str, str]:
    """Return the variables that the script writes."""
    assert made(folder).returncode == 0
    lines = (folder / ".env").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines)


def test_passwords_are_random_and_readable_by_their_owner_alone(tmp_path: Path) -> None:
    first, second = written(tmp_path / "first"), written(tmp_path / "second")
    values = [*first.values(), *second.values()]
    assert len(set(values)) == len(values)
    assert all(len(value) == 48 for value in values)
    assert (tmp_path / "first" / ".env").stat().st_mode & 0o777 == 0o600


def test_passwords_that_are_there_are_kept(tmp_path: Path) -> None:
    before = written(tmp_path / "a")
    again = made(tmp_path / "a")
    assert again.returncode == 1
    assert "is there already" in again.stderr
    assert dict(line.split("=", 1) for line in (tmp_path / "a" / ".env").read_text("utf-8").splitlines()) == before


def test_without_passwords_nothing_starts(tmp_path: Path) -> None:
    names = written(tmp_path / "a")
    read_compose(names)
    for name in names:
        with pytest.raises(AssertionError, match=name):
            read_compose({other: value for other, value in names.items() if other != name})
