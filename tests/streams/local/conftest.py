"""Local services for tests: data in a temporary folder, jars from the shared cache."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from streams.local.services import LocalServices
from streams.settings import Settings


def say(line: str) -> None:
    """Show progress in the output of a failed test."""
    print(line)  # noqa: T201


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "local"


@pytest.fixture
def services(folder: Path) -> Iterator[LocalServices]:
    """Return services that are down; whatever runs at the end is ended."""
    local = LocalServices(Settings.load(), folder)
    try:
        yield local
    finally:
        local.down(say)
