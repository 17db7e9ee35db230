"""What Maven's own settings say of Central and of this machine."""

from pathlib import Path

import pytest

from processors.errors import ServiceError
from streams.local.maven_settings import MavenSettings, read_maven_settings

SETTINGS_XML = """<settings xmlns="http://maven.apache.org/SETTINGS/1.0.0">
{more}
<mirrors>
<mirror><id>blocker</id><mirrorOf>*</mirrorOf><url>http://0.0.0.0/</url><blocked>true</blocked></mirror>
<mirror><id>ours</id><mirrorOf>{covers}</mirrorOf><url>https://mirror.example/${{env.AREA}}/maven/</url></mirror>
</mirrors>
</settings>
"""
SERVER = "<servers><server><id>{id}</id><username>me@here</username><password>{password}</password></server></servers>"


def read(tmp_path: Path, covers: str = "*", more: str = "") -> MavenSettings:
    path = tmp_path / "settings.xml"
    path.write_text(SETTINGS_XML.format(covers=covers, more=more))
    return read_maven_settings(path)


@pytest.fixture(autouse=True)
def area(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AREA", "eu")


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
def test_the_mirror_is_one_that_covers_central(tmp_path: Path, covers: str, url: str | None) -> None:
    assert read(tmp_path, covers).mirror == url


@pytest.mark.parametrize(
    ("server", "url"),
    [
        pytest.param(
            SERVER.format(id="ours", password="s/1"), "https://me%40here:s%2F1@mirror.example/eu/maven", id="its own"
        ),
        pytest.param(SERVER.format(id="other", password="s"), "https://mirror.example/eu/maven", id="another server's"),
        pytest.param(SERVER.format(id="ours", password="{x=}"), "https://mirror.example/eu/maven", id="encrypted"),
    ],
)
def test_the_mirrors_password_comes_from_its_server(tmp_path: Path, server: str, url: str) -> None:
    assert read(tmp_path, more=server).mirror == url


def test_the_local_repository_may_lie_elsewhere(tmp_path: Path) -> None:
    home = Path.home()
    told = read(tmp_path, more="<localRepository>${user.home}/jars</localRepository>")
    assert told.local_repository == home / "jars"
    assert read(tmp_path).local_repository is None


def test_there_need_be_no_settings(tmp_path: Path) -> None:
    assert read_maven_settings(tmp_path / "settings.xml") == MavenSettings()


def test_a_spoilt_settings_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "settings.xml").write_text("<settings>")
    with pytest.raises(ServiceError, match=r"settings\.xml: cannot be read"):
        read_maven_settings(tmp_path / "settings.xml")
