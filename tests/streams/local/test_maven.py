"""Where Kafka's jars come from."""

import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from processors.errors import ServiceError
from streams.local.maven import kafka_jars
from streams.settings import Settings
from tests.streams.local.conftest import say


class Repository(SimpleHTTPRequestHandler):
    """The files that earlier starts on this machine have downloaded, served again."""

    folders: tuple[Path, ...] = ()

    def translate_path(self, path: str) -> str:
        found = (folder / path.strip("/") for folder in self.folders)
        return str(next((file for file in found if file.exists()), "/nowhere"))

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def mirror() -> Iterator[str]:
    """The address of a Maven repository that has Kafka."""
    jars = kafka_jars(Settings(), say)
    roots = {root for jar in jars for root in jar.parents if (root / "org/apache/kafka").is_dir()}
    handler = type("Handler", (Repository,), {"folders": (*roots, Settings().home / "maven")})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_the_first_start_tells_how_much_it_downloads_and_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mirror: str
) -> None:
    monkeypatch.setenv("M2_REPO", str(tmp_path / "m2"))
    settings = Settings(home=tmp_path / "home", maven_repository=mirror)
    said: list[str] = []
    jars = kafka_jars(settings, said.append)
    assert all(jar.is_relative_to(tmp_path / "m2") for jar in jars)
    assert said[0] == f"Kafka {settings.kafka_version}: first start, asking {mirror} which jars it is made of"
    size = sum(jar.stat().st_size for jar in jars) / 2**20
    assert said[1] == f"downloading {len(jars)} jars, {size:.0f} MiB, to {tmp_path / 'm2'}"
    assert said[-1] == f"{size:.0f} of {size:.0f} MiB are here"
    assert len(said) == 2 + 5

    monkeypatch.delenv("M2_REPO")
    again: list[str] = []
    assert kafka_jars(settings.model_copy(update={"maven_repository": "http://127.0.0.1:9"}), again.append) == jars
    assert again == []


def test_a_spoilt_jar_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mirror: str) -> None:
    settings = Settings(home=tmp_path / "home", maven_repository=mirror)
    monkeypatch.setenv("M2_REPO", str(tmp_path))
    jar = tmp_path / f"org/apache/kafka/kafka_2.13/{settings.kafka_version}/kafka_2.13-{settings.kafka_version}.jar"
    jar.parent.mkdir(parents=True)
    jar.write_bytes(b"half")
    with pytest.raises(ServiceError, match=f"{jar}: not a whole jar; remove this file"):
        kafka_jars(settings, say)


def test_what_the_disk_refuses_is_not_blamed_on_the_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mirror: str
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("M2_REPO", str(tmp_path / "file" / "m2"))
    settings = Settings(home=tmp_path / "home", maven_repository=mirror)
    with pytest.raises(ServiceError, match="Not a directory\nMake room there") as raised:
        kafka_jars(settings, say)
    assert "the network" not in str(raised.value)


def test_an_unreachable_repository_is_told_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("M2_REPO", str(tmp_path / "m2"))
    settings = Settings(home=tmp_path / "home", maven_repository="http://someone:secret@127.0.0.1:9")
    with pytest.raises(ServiceError) as raised:
        kafka_jars(settings, say)
    message = str(raised.value)
    assert f"Kafka {settings.kafka_version} cannot be downloaded from http://***@127.0.0.1:9" in message
    assert str(tmp_path / "m2") in message
    assert "MARSAD_MAVEN_REPOSITORY" in message
    assert "secret" not in message
