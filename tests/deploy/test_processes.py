"""What deploy/compose.yaml describes works: each of its processes runs here by the very same configuration."""

import json
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.deploy.compose import Machine, read_compose
from tests.deploy.native import PROGRAMS, Native
from tests.deploy.test_secrets import written
from tests.makers import wait_until

pytestmark = [pytest.mark.timeout(400)]
SEEDS = Path(__file__).parents[2] / "seeds" / "articles"
ALERTS = "/api/v2/alerts"
RULES = {"moscow-pyongyang", "moscow-tehran", "tehran-riyadh", "sanctions-wave"}
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
        with urllib.request.urlopen(address, timeout=10) as response:
            return str(response.read().decode())

    def count(self, service: str, metric: str, **labels: str) -> float:
        """Return the sum of a metric of a worker or notifier."""
        families = text_string_to_metric_families(self.get(service, "9464", "/metrics"))
        samples = [sample for family in families for sample in family.samples if sample.name == metric]
        return sum(sample.value for sample in samples if labels.items() <= sample.labels.items())

    def jobs(self) -> dict[str, str]:
        """Return the jobs of Prometheus, and how their last target was."""
        found = json.loads(self.get("prometheus", "9090", "/api/v1/targets"))["data"]["activeTargets"]
        return {target["labels"]["job"]: target["health"] for target in found}

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
    wait_until(lambda: stack.count("worker", "marsad_ready") == 1)
    stack.marsad("ingest", str(SEEDS), "--shift-to-now", "--within", "23h")
    wait_until(lambda: stack.count("worker", "marsad_alerts_published_total") > 0, within=150)  # it may compile first
    if "alertmanager" in stack.services:
        wait_until(lambda: stack.count("notifier", "marsad_deliveries_total", result="delivered") > 0)
        assert RULES & {alert["labels"]["alertname"] for alert in json.loads(stack.get("alertmanager", "9093", ALERTS))}


def test_prometheus_finds_the_worker_and_the_notifier(stack: Stack) -> None:
    if "prometheus" in stack.services:
        wait_until(lambda: stack.jobs() == {"marsad": "up", "marsad-notify": "up"})


def test_nobody_gets_in_without_a_password(stack: Stack) -> None:
    environment = stack.services["worker"].environment
    for name in ("MARSAD_KAFKA_PASSWORD", "MARSAD_REDIS_PASSWORD"):
        stack.services["worker"].environment = environment | {name: "wrong"}
        try:
            with pytest.raises(AssertionError):
                stack.marsad("topics" if "KAFKA" in name else "silence", *([] if "KAFKA" in name else ["list"]))
        finally:
            stack.services["worker"].environment = environment
