"""What deploy/compose.yaml describes works: each of its processes runs here by the very same configuration."""

import json
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.compose import Machine, read_compose
from tests.deploy.native import PROGRAMS, Native
from tests.deploy.test_secrets import written
from tests.makers import wait_until

pytestmark = [pytest.mark.timeout(400)]
SEEDS = Path(__file__).parents[2] / "seeds" / "articles"
ORDER = ("kafka", "redis", "topics", "worker", "alertmanager", "notifier", "prometheus")


class Stack:
    """The services that run, and how they are asked."""

    def __init__(self, folder: Path) -> None:
        services = read_compose(written(folder / "secrets"))["services"]
        self.machine = Machine(services, folder)
        self.services = {name: Native(name, services, self.machine, folder) for name in ORDER if is_here(name)}

    def get(self, service: str, port: str, path: str) -> str:
        """Return what a service answers."""
        address = f"http://127.0.0.1:{self.machine.port(service, port)}{path}"
        with urllib.request.urlopen(address, timeout=10) as response:  # noqa: S310 - our own server
            return str(response.read().decode())

    def marsad(self, *arguments: str) -> str:
        """Run a command in the worker's environment and return what it prints."""
        command = [sys.executable, "-m", "streams.cli", *arguments]
        environment = self.services["worker"].environment
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def is_here(name: str) -> bool:
    """Tell whether the program of a service is there; `make check-deploy` installs those that may be missing."""
    return name not in PROGRAMS or shutil.which(PROGRAMS[name]) is not None


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """All services, each well before the next is started, as `depends_on` has it."""
    stack = Stack(tmp_path_factory.mktemp("stack"))
    begun: list[Native] = []
    try:
        for service in stack.services.values():
            begun.append(service)
            service.run() if service.name == "topics" else service.start()
        yield stack
    finally:
        statuses = {service.name: service.end() for service in reversed(begun)}
    assert {statuses[name] for name in ("worker", "notifier", "redis")} == {0}


def test_articles_come_in_and_alerts_go_out(stack: Stack) -> None:
    wait_until(lambda: json.loads(stack.get("worker", "9464", "/readyz"))["ready"])
    stack.marsad("ingest", str(SEEDS), "--shift-to-now")
    wait_until(lambda: 'marsad_alerts_published_total{rule="moscow-pyongyang"' in stack.get("worker", "9464", "/metrics"))
    told = 'marsad_deliveries_total{receiver="alertmanager",result="delivered"} 0.0'
    if "alertmanager" in stack.services:
        wait_until(lambda: told not in stack.get("notifier", "9464", "/metrics"))
        alerts: list[dict[str, Any]] = []
        wait_until(lambda: bool(alerts.extend(json.loads(stack.get("alertmanager", "9093", "/api/v2/alerts"))) or alerts))
        assert "moscow-pyongyang" in {alert["labels"].get("rule") for alert in alerts}


def test_nobody_gets_in_without_a_password(stack: Stack) -> None:
    environment = stack.services["worker"].environment
    for name in ("MARSAD_KAFKA_PASSWORD", "MARSAD_REDIS_PASSWORD"):
        stack.services["worker"].environment = environment | {name: "wrong"}
        try:
            with pytest.raises(AssertionError):
                stack.marsad("topics" if "KAFKA" in name else "silence", *([] if "KAFKA" in name else ["list"]))
        finally:
            stack.services["worker"].environment = environment
