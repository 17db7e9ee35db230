"""Kafka's jars: resolved from their Maven coordinates once, remembered for later starts."""

import re
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from processors.errors import ServiceError
from streams.local.maven_settings import read_maven_settings
from streams.local.process import replace_file
from streams.settings import MIB, Settings

if TYPE_CHECKING:
    from jgo.maven import Artifact, MavenContext

    from streams.local.progress import DownloadProgress

Report = Callable[[str], None]


def kafka_jars(settings: Settings, report: Report) -> list[Path]:
    """Return the jars of Kafka, downloaded if need be; raise ServiceError."""
    index = settings.home.resolve() / f"kafka-{settings.kafka_version}.json"
    remembered = _remembered(index)
    if remembered:
        return remembered
    jars = _fetch(settings, report)
    replace_file(index, msgspec.json.encode([str(jar) for jar in jars]))
    return jars


def _remembered(index: Path) -> list[Path]:
    try:
        jars = [Path(jar) for jar in msgspec.json.decode(index.read_bytes(), type=list[str])]
    except (OSError, ValueError):
        return []
    return jars if all(jar.is_file() for jar in jars) else []


def _fetch(settings: Settings, report: Report) -> list[Path]:
    from streams.local.progress import showing_progress  # rich takes a while to import

    with showing_progress(report) as progress:
        context = _context(settings, progress)
        place = ", ".join(_without_passwords(url) for url in context.remote_repos.values())
        report(f"Kafka {settings.kafka_version}: first start, asking {place} which jars it is made of")
        try:
            artifacts = _artifacts(context, settings.kafka_version)
            _announce(artifacts, progress, report)
            return [_jar(artifact) for artifact in artifacts]
        except ServiceError:
            raise
        except Exception as error:  # jgo raises what it pleases: RuntimeError, requests' errors, XML errors, assertions
            what = f"Kafka {settings.kafka_version} cannot be downloaded from {place} to {context.repo_cache}"
            message = f"{what}: {_told(error)}"
            raise ServiceError(message) from error


def _told(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno:  # the disk's; requests' errors carry no number
        return f"{error.strerror}\nMake room there, or name a folder elsewhere in MARSAD_HOME or M2_REPO."
    return (
        f"{_without_passwords(str(error)) or type(error).__name__}\n"
        "Check the network and HTTPS_PROXY, or name a reachable Maven repository in MARSAD_MAVEN_REPOSITORY; "
        "MARSAD_KAFKA and MARSAD_REDIS use servers of yours instead."
    )


def _context(settings: Settings, progress: "DownloadProgress") -> "MavenContext":
    try:
        from streams.local.resolver import AtomicResolver, MavenContext
    except ImportError as error:
        message = "what fetches Kafka (jgo) is not installed; run: pip install 'marsad[local]'"
        raise ServiceError(message) from error
    theirs = read_maven_settings()
    chosen, usual = environ.get("M2_REPO") or theirs.local_repository, Path.home() / ".m2" / "repository"
    mirror = settings.maven_repository or theirs.mirror
    return MavenContext(
        resolver=AtomicResolver(progress_callback=progress.of_file),
        repo_cache=Path(chosen) if chosen else settings.home.resolve() / "maven",
        local_repos=[usual] if usual.is_dir() and not chosen else [],
        remote_repos={"mirror": mirror.rstrip("/")} if mirror else None,
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


def _announce(artifacts: "list[Artifact]", progress: "DownloadProgress", report: Report) -> None:
    from streams.local.resolver import is_here, remote_size

    missing = [artifact for artifact in artifacts if not is_here(artifact)]
    if missing:
        with ThreadPoolExecutor(8) as pool:
            total = sum(pool.map(remote_size, missing))
        size = f", {total / MIB:.0f} MiB" if total else ""  # some mirrors do not tell
        report(f"downloading {len(missing)} jars{size}, to {missing[0].context.repo_cache}")
        progress.expect(len(missing), total)


def _jar(artifact: "Artifact") -> Path:
    path = artifact.resolve()
    if not zipfile.is_zipfile(path):
        message = f"{path}: not a whole jar; remove this file and run `marsad local up` again"
        raise ServiceError(message)
    return path.resolve()


def _without_passwords(text: str) -> str:
    return re.sub(r"://[^/@\s]+@", "://***@", text)
