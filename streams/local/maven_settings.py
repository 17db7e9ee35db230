"""What Maven's own settings say: where its repository is on this machine, and the mirror of Central."""

import re
from collections.abc import Iterator
from os import environ
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree as ET

import msgspec

from processors.errors import ServiceError

CENTRAL_MIRRORS = {"*", "central", "external:*"}


class MavenSettings(msgspec.Struct, frozen=True):
    """The part of `settings.xml` that concerns us."""

    mirror: str | None = None
    local_repository: Path | None = None


def read_maven_settings(path: Path | None = None) -> MavenSettings:
    """Read `~/.m2/settings.xml`, which need not exist; raise ServiceError when it is spoilt."""
    path = path or Path.home() / ".m2" / "settings.xml"
    if not path.exists():
        return MavenSettings()
    try:
        root = ET.parse(path).getroot()  # noqa: S314 - the user's own file
    except (ET.ParseError, OSError) as error:
        message = f"{path}: cannot be read: {error}; mend it or move it away"
        raise ServiceError(message) from error
    local = _text(root, "localRepository")
    return MavenSettings(next(_mirrors_of_central(root), None), Path(local) if local else None)


def _mirrors_of_central(root: ET.Element) -> Iterator[str]:
    for mirror in root.iterfind("{*}mirrors/{*}mirror"):
        covers = {part.strip() for part in _text(mirror, "mirrorOf").split(",")}
        url = _text(mirror, "url").rstrip("/")
        if url and covers & CENTRAL_MIRRORS and "!central" not in covers and _text(mirror, "blocked") != "true":
            yield _with_password(url, root, _text(mirror, "id"))


def _with_password(url: str, root: ET.Element, mirror_id: str) -> str:
    for server in root.iterfind("{*}servers/{*}server"):
        user, password = _text(server, "username"), _text(server, "password")
        if _text(server, "id") == mirror_id and user and not password.startswith("{"):  # braces: encrypted by Maven
            return url.replace("://", f"://{quote(user, safe='')}:{quote(password, safe='')}@", 1)
    return url


def _text(parent: ET.Element, name: str) -> str:
    """Return the text of a child, variables of the environment and the user's home put in."""
    text = (parent.findtext(f"{{*}}{name}") or "").strip().replace("${user.home}", str(Path.home()))
    return re.sub(r"\$\{env\.(\w+)\}", lambda variable: environ.get(variable[1], ""), text)
