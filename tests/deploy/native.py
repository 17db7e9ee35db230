"""The processes of the compose file without containers: the same programs, commands, environment and files."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from streams.local.java import find_java
from streams.local.kafka import JVM
from streams.local.maven import kafka_jars
from streams.local.redis import find_redis
from streams.settings import Settings
from tests.deploy.compose import DEPLOY, Machine
from tests.kafkatools import kafka_tools
from tests.makers import wait_until

NOT_PROPERTIES: Final = {"KAFKA_HEAP_OPTS"}
PROGRAMS: Final = {"alertmanager": "prometheus-alertmanager", "prometheus": "prometheus"}


class Native:
    """One service of the compose file as a process of this machine."""

    def __init__(self, name: str, services: Mapping[str, Any], machine: Machine, folder: Path) -> None:
        self.name = name
        self._service = services[name]
        self._machine = machine
        self._folder = folder
        self.log = folder / f"{name}.log"
        machine.mount(name)
        self.environment = self._environment()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until its health check says that it is well."""
        command = self._command()
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                command, env=self.environment, cwd=self._folder, stdout=log, stderr=subprocess.STDOUT
            )
        wait_until(lambda: self._well() or self._process is None or self._process.poll() is not None)
        assert self._process.poll() is None, self.log.read_text("utf-8", "replace")

    def run(self) -> None:
        """Run it to its end."""
        done = subprocess.run(
            self._command(), env=self.environment, cwd=self._folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def end(self) -> int:
        """End it as an engine does, within the time that the file gives it; return its status."""
        if self._process is None:
            return 0
        self._process.terminate()
        seconds = str(self._service.get("stop_grace_period", "10s")).removesuffix("s")
        try:
            return self._process.wait(float(seconds))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("MARSAD_", "KAFKA_"))}
        if self._service.get("image") != "marsad:local":
            return kept | ({} if "environment" not in self._service else self._machine.environment(self.name))
        home = self._machine.places(self.name)["/var/lib/marsad"]
        if not (home / "compiled").exists():
            (home / "compiled").symlink_to(Settings().home / "compiled")  # as deploy/start copies it
        return kept | {"MARSAD_HOME": str(home)} | self._machine.environment(self.name)

    def _command(self) -> list[str]:
        if self.name == "kafka":
            return self._kafka()
        command = self._machine.command(self.name)
        port = self._service.get("ports", [":0:0"])[0].split(":")[-1]
        listen = str(self._machine.port(self.name, port))
        if self.name == "redis":
            data = str(self._machine.places(self.name)["/data"])
            return [str(find_redis()), *command[1:], "--bind", "127.0.0.1", "--port", listen, "--dir", data]
        if self.name in PROGRAMS:
            return [str(shutil.which(PROGRAMS[self.name])), *command, f"--web.listen-address=127.0.0.1:{listen}"]
        return [sys.executable, "-m", "streams.cli", *command]

    def _kafka(self) -> list[str]:
        file = self._folder / "server.properties"
        file.write_text(properties(self.environment), "utf-8")
        heap = self.environment["KAFKA_HEAP_OPTS"].split()
        java = [*java_with_kafka(), *heap]
        subprocess.run(
            [*java, "kafka.tools.StorageTool", "format", f"--config={file}", "--cluster-id=MkU3OEVBNTcwNTJENDM2Qg"],
            check=True, capture_output=True,
        )  # fmt: skip
        return [*java, "kafka.Kafka", str(file)]

    def _well(self) -> bool:
        return subprocess.run(self._check(), env=self.environment, capture_output=True, check=False).returncode == 0

    def _check(self) -> list[str]:
        if self._service.get("image") == "marsad:local":
            code = re.findall(r'CMD \["python", "-c", "(.+)"\]', (DEPLOY / "Dockerfile").read_text("utf-8"))[0]
            return [sys.executable, "-c", self._machine.text(self.name, code)]
        check = self._machine.health_check(self.name)
        if self.name == "kafka":
            return [*java_with_kafka(), "org.apache.kafka.tools.TopicCommand", *check[1:]]
        if self.name == "redis":
            port = self._machine.port("redis", "6379")
            cli = find_redis().with_name("redis-cli")
            return ["sh", "-c", check[0].replace("redis-cli", f"{cli} -p {port}", 1)]
        return [sys.executable, "-c", f"from urllib.request import urlopen; urlopen({check[-1]!r}, timeout=4)"]


@cache
def java_with_kafka() -> tuple[str, ...]:
    """Return the command that runs a class of Kafka."""
    jars = [*kafka_jars(Settings(), print), kafka_tools()]
    return (str(find_java()), *JVM, "-cp", os.pathsep.join(map(str, jars)))


def properties(environment: Mapping[str, str]) -> str:
    """Return Kafka's configuration as its image makes it of the environment."""
    given = {name: value for name, value in environment.items() if name.startswith("KAFKA_")}
    lines = [
        f"{name.removeprefix('KAFKA_').lower().replace('_', '.')}={value}"
        for name, value in given.items()
        if name not in NOT_PROPERTIES
    ]
    return "\n".join(lines) + "\n"
