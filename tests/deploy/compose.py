"""deploy/compose.yaml as an engine would read it, and the places on this machine that stand for those in containers."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from streams.local.ports import choose_ports

DEPLOY = Path(__file__).parents[2] / "deploy"
COMPOSE = DEPLOY / "compose.yaml"
_DONE = "\N{END OF TEXT}"
"""Marks an address that is of this machine already."""


def read_compose(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the file with its variables filled in; fail when one that is required is missing."""
    content: dict[str, Any] = _filled(yaml.safe_load(COMPOSE.read_text("utf-8")), environ)
    return content


def _filled(value: Any, environ: Mapping[str, str]) -> Any:  # noqa: ANN401 - YAML
    if isinstance(value, dict):
        return {key: _filled(item, environ) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, environ) for item in value]
    if isinstance(value, str):
        return re.sub(r"\$\{(\w+)(?:(:[-?])([^}]*))?\}", lambda found: _variable(found, environ), value)
    return value


def _variable(found: re.Match[str], environ: Mapping[str, str]) -> str:
    name, how, rest = found.groups()
    if environ.get(name):
        return environ[name]
    assert how == ":-", f"{name} is not set: {rest}"
    return str(rest)


class Machine:
    """Where services, ports, volumes and mounted files of the compose file are on this machine."""

    def __init__(self, services: Mapping[str, Any], folder: Path) -> None:
        self._services = services
        self._folder = folder
        self._ports: dict[tuple[str, str], int] = {}

    def port(self, service: str, inside: str) -> int:
        """Return the port of 127.0.0.1 that stands for a port of a container."""
        if (service, inside) not in self._ports:
            self._ports[service, inside] = choose_ports([], 1)[0]
        return self._ports[service, inside]

    def text(self, service: str, text: str) -> str:
        """Return a text of a service's configuration with addresses and paths of this machine."""
        names = "|".join(self._services)
        own = rf"(?<=127\.0\.0\.1):(\d+)\b(?!{_DONE})|(?<=//):(\d+)"
        text = re.sub(rf"\b({names}):(\d+)", lambda m: f"127.0.0.1:{self.port(m[1], m[2])}{_DONE}", text)
        text = re.sub(own, lambda m: self._own(service, m), text).replace(_DONE, "")
        for inside, here in sorted(self.places(service).items(), reverse=True):
            text = re.sub(rf"(?<![\w/]){re.escape(inside)}(?![\w-])", str(here), text)
        return text

    def _own(self, service: str, found: re.Match[str]) -> str:
        return f":{self.port(service, found[1])}" if found[1] else f"127.0.0.1:{self.port(service, found[2])}"

    def environment(self, service: str) -> dict[str, str]:
        """Return the environment of a service."""
        given = {name: self.text(service, value) for name, value in self._services[service]["environment"].items()}
        ports = {name: str(self.port(service, value)) for name, value in given.items() if name.endswith("_PORT")}
        return given | ports

    def command(self, service: str) -> list[str]:
        """Return the command of a service."""
        return [self.text(service, word) for word in self._services[service]["command"]]

    def health_check(self, service: str) -> list[str]:
        """Return the health check of a service, without the word that says how it is run."""
        return [self.text(service, word) for word in self._services[service]["healthcheck"]["test"][1:]]

    def places(self, service: str) -> dict[str, Path]:
        """Return the folders on this machine that stand for those of a container."""
        found = {}
        for volume in self._services[service].get("volumes", []):
            source, inside = volume.split(":")[:2]
            found[inside] = self._folder / (f"{service}-mounts{inside}" if source[0] == "." else f"volume-{source}")
        return found

    def mount(self, service: str) -> None:
        """Make the folders of a service: empty volumes, and files of the repository with addresses of this machine."""
        for volume in self._services[service].get("volumes", []):
            source, inside = volume.split(":")[:2]
            here = self.places(service)[inside]
            if source[0] != ".":
                here.mkdir(exist_ok=True)
                continue
            shutil.copytree(DEPLOY / source, here, dirs_exist_ok=True)
            for file in [file for file in here.rglob("*.y*ml") if file.is_file()]:
                file.write_text(self.text(service, _by_address(file.read_text("utf-8"))), "utf-8")


def _by_address(text: str) -> str:
    """Return a configuration of Prometheus that names what it would have found by DNS."""
    written = r"dns_sd_configs:\n( +)- names: \[(\w+)\]\n +type: A\n +port: (\d+)\n +refresh_interval: \w+\n"
    return re.sub(written, r"static_configs:\n\1- targets: [\2:\3]\n", text)
