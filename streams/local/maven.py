"""Kafka's jars: resolved from their Maven coordinates once, remembered for later starts."""

import re
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import msgspec

from processors.errors import ServiceError
from streams.local.process import replace_file
from streams.settings import Settings

if TYPE_CHECKING:
    from jgo.maven import Artifact, MavenContext

CENTRAL_MIRRORS = {"*", "central", "external:*"}
MIB = 1024 * 1024


def kafka_jars(settings: Settings, report: Callable[[str], None]) -> list[Path]:
    """Return the jars of Kafka, downloaded if need be; raise ServiceError."""
    index = settings.home.resolve() / f"kafka-{settings.kafka_version}.json"
    remembered = _remembered(index)
    if remembered:
        return remembered
    jars = _fetch(settings, report)
    replace_file(index, msgspec.json.encode([str(jar) for jar in jars]))
    return jars


def repository(settings: Settings, maven_settings: Path | None = None) -> str | None:
    """Return the Maven repository that is set, else the mirror of Central in Maven's settings, else None."""
    if settings.maven_repository:
        return settings.maven_repository.rstrip("/")
    path = maven_settings or Path.home() / ".m2" / "settings.xml"
    if not path.exists():
        return None
    try:
        root = ET.parse(path).getroot()  # noqa: S314 - the user's own file
    except (ET.ParseError, OSError) as error:
        message = f"{path}: cannot be read: {error}; mend it, or set MARSAD_MAVEN_REPOSITORY"
        raise ServiceError(message) from error
    return next((url for mirror in root.iterfind("{*}mirrors/{*}mirror") if (url := _mirror_of_central(mirror))), None)


def _mirror_of_central(mirror: ET.Element) -> str | None:
    covers = {part.strip() for part in (mirror.findtext("{*}mirrorOf") or "").split(",")}
    if "!central" in covers or not covers & CENTRAL_MIRRORS or mirror.findtext("{*}blocked") == "true":
        return None
    url = (mirror.findtext("{*}url") or "").strip().rstrip("/")
    return re.sub(r"\$\{env\.(\w+)\}", lambda name: environ.get(name[1], ""), url) or None


def _remembered(index: Path) -> list[Path]:
    try:
        jars = [Path(jar) for jar in msgspec.json.decode(index.read_bytes(), type=list[str])]
    except (OSError, ValueError):
        return []
    return jars if all(jar.is_file() for jar in jars) else []


def _fetch(settings: Settings, report: Callable[[str], None]) -> list[Path]:
    context = _context(settings)
    place = ", ".join(_without_passwords(url) for url in context.remote_repos.values())
    report(f"Kafka {settings.kafka_version}: first start, asking {place} which jars it is made of")
    try:
        artifacts = _artifacts(context, settings.kafka_version)
        _announce(artifacts, report)
        return [_jar(artifact, number, len(artifacts), report) for number, artifact in enumerate(artifacts, 1)]
    except ServiceError:
        raise
    except Exception as error:  # jgo raises what it pleases: RuntimeError, requests' errors, XML errors, assertions
        message = (
            f"Kafka {settings.kafka_version} cannot be downloaded from {place} to {context.repo_cache}: "
            f"{_without_passwords(str(error)) or type(error).__name__}\n"
            "Check the network and HTTPS_PROXY, or name a reachable Maven repository in MARSAD_MAVEN_REPOSITORY; "
            "MARSAD_KAFKA and MARSAD_REDIS use servers of yours instead."
        )
        raise ServiceError(message) from error


def _context(settings: Settings) -> "MavenContext":
    try:
        from streams.local.resolver import AtomicResolver, MavenContext
    except ImportError as error:
        message = "what fetches Kafka (jgo) is not installed; run: pip install 'marsad[local]'"
        raise ServiceError(message) from error
    chosen, theirs = environ.get("M2_REPO"), Path.home() / ".m2" / "repository"
    mirror = repository(settings)
    return MavenContext(
        resolver=AtomicResolver(),
        repo_cache=Path(chosen) if chosen else settings.home.resolve() / "maven",
        local_repos=[theirs] if theirs.is_dir() and not chosen else [],
        remote_repos={"mirror": mirror} if mirror else None,
        timeout=30,
    )


def _artifacts(context: "MavenContext", version: str) -> "list[Artifact]":
    """Return Kafka, what it needs at run time, and the part of SLF4J that prints its log."""
    kafka = context.create_dependency(f"org.apache.kafka:kafka_2.13:{version}")
    given, needed = context.resolver.resolve([kafka])
    artifacts = [dep.artifact for dep in (*given, *needed) if dep in given or dep.scope in {"compile", "runtime"}]
    slf4j = next(artifact.version for artifact in artifacts if artifact.artifactId == "slf4j-api")
    printer = context.project("org.slf4j", "slf4j-simple").at_version(slf4j).artifact()
    return [*artifacts, printer]


def _announce(artifacts: "list[Artifact]", report: Callable[[str], None]) -> None:
    from streams.local.resolver import is_here, remote_size

    missing = [artifact for artifact in artifacts if not is_here(artifact)]
    if missing:
        with ThreadPoolExecutor(8) as pool:
            size = sum(pool.map(remote_size, missing))
        report(f"downloading {len(missing)} jars, {size / MIB:.0f} MiB, to {missing[0].context.repo_cache}")


def _jar(artifact: "Artifact", number: int, total: int, report: Callable[[str], None]) -> Path:
    path = artifact.resolve()
    if not zipfile.is_zipfile(path):
        message = f"{path}: not a whole jar; remove this file and run `marsad local up` again"
        raise ServiceError(message)
    if number % 10 == 0 or number == total:
        report(f"{number} of {total} jars are here")
    return path.resolve()


def _without_passwords(text: str) -> str:
    return re.sub(r"://[^/@\s]+@", "://***@", text)
