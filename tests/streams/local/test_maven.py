"""Where Kafka's jars come from."""

from pathlib import Path

import pytest

from processors.errors import ServiceError
from streams.local.maven import kafka_jars, repository
from streams.settings import Settings
from tests.streams.local.conftest import say

SETTINGS_XML = """<settings xmlns="http://maven.apache.org/SETTINGS/1.0.0"><mirrors>
<mirror><id>blocker</id><mirrorOf>*</mirrorOf><url>http://0.0.0.0/</url><blocked>true</blocked></mirror>
<mirror><id>ours</id><mirrorOf>{covers}</mirrorOf><url>https://mirror.example/${{env.AREA}}/maven/</url></mirror>
</mirrors></settings>
"""


@pytest.mark.parametrize(
    ("covers", "url"),
    [
        pytest.param("*", "https://mirror.example/eu/maven", id="everything"),
        pytest.param("central", "https://mirror.example/eu/maven", id="central"),
        pytest.param("external:*", "https://mirror.example/eu/maven", id="all that is not local"),
        pytest.param("snapshots, central", "https://mirror.example/eu/maven", id="one of several"),
        pytest.param("*,!central", None, id="all but central"),
        pytest.param("snapshots", None, id="another repository"),
    ],
)
def test_mavens_mirror_of_central_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, covers: str, url: str | None
) -> None:
    monkeypatch.setenv("AREA", "eu")
    maven_settings = tmp_path / "settings.xml"
    maven_settings.write_text(SETTINGS_XML.format(covers=covers))
    assert repository(Settings(), maven_settings) == url


def test_the_setting_comes_before_mavens(tmp_path: Path) -> None:
    maven_settings = tmp_path / "settings.xml"
    maven_settings.write_text(SETTINGS_XML.format(covers="*"))
    assert repository(Settings(maven_repository="https://set.example/"), maven_settings) == "https://set.example"


def test_a_spoilt_settings_file_is_named(tmp_path: Path) -> None:
    maven_settings = tmp_path / "settings.xml"
    maven_settings.write_text("<settings>")
    with pytest.raises(ServiceError, match=r"settings\.xml: cannot be read"):
        repository(Settings(), maven_settings)


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
