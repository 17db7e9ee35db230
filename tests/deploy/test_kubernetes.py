"""deploy/kubernetes: against the schemas of Kubernetes, and whether its parts fit each other."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from processors.durations import parse_duration
from tests.deploy.compose import DEPLOY

FOLDER = DEPLOY / "kubernetes"
VERSIONS = ("1.31", "1.34", "1.37")
OTHERS = {"ServiceMonitor", "Kustomization"}
"""Kinds that Kubernetes itself does not know."""


def kustomization(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((folder / "kustomization.yaml").read_text("utf-8"))
    return content


def manifests() -> Iterator[dict[str, Any]]:
    """Return what the kustomization lists."""
    for name in kustomization(FOLDER)["resources"]:
        if (FOLDER / name).is_file():
            yield from yaml.safe_load_all((FOLDER / name).read_text("utf-8"))


def of_kind(kind: str) -> dict[str, dict[str, Any]]:
    return {found["metadata"]["name"]: found for found in manifests() if found["kind"] == kind}


def labels(deployment: dict[str, Any]) -> dict[str, str]:
    found: dict[str, str] = deployment["spec"]["template"]["metadata"]["labels"]
    return found


@pytest.mark.parametrize("version", VERSIONS)
def test_the_manifests_are_what_kubernetes_allows(version: str) -> None:
    known = [manifest for manifest in manifests() if manifest["kind"] not in OTHERS]
    assert len(known) > 10
    for manifest in known:
        kubernetes_validate.validate(manifest, version, strict=True)


def test_a_manifest_that_kubernetes_forbids_is_found() -> None:
    worker = of_kind("Deployment")["marsad-worker"]
    worker["spec"]["template"]["spec"]["containers"][0]["livenessProbes"] = {}
    with pytest.raises(kubernetes_validate.ValidationError, match="livenessProbes"):
        kubernetes_validate.validate(worker, VERSIONS[-1], strict=True)


def test_every_file_is_listed_and_every_listed_one_is_there() -> None:
    listed = {(FOLDER / name).resolve() for name in kustomization(FOLDER)["resources"]}
    files = {file for file in FOLDER.glob("*.yaml") if file.name != "kustomization.yaml"}
    assert listed == files | {DEPLOY / "config"}
    made = kustomization(DEPLOY / "config")["configMapGenerator"]
    assert all((DEPLOY / "config" / name).is_file() for entry in made for name in entry["files"])


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="there is no kubectl")
def test_kustomize_makes_them_with_rules_that_reload_in_place() -> None:
    done = subprocess.run(["kubectl", "kustomize", FOLDER], capture_output=True, text=True, check=True)  # noqa: S607
    made = [*yaml.safe_load_all(done.stdout)]
    maps = {found["metadata"]["name"] for found in made if found["kind"] == "ConfigMap"}
    assert maps == {"marsad-rules", "marsad-receivers", "marsad-settings"}
    assert {found["metadata"].get("namespace", "marsad") for found in made} == {"marsad"}
    for manifest in [found for found in made if found["kind"] not in OTHERS]:
        kubernetes_validate.validate(manifest, VERSIONS[-1], strict=True)


def test_every_config_map_that_is_used_is_made() -> None:
    made = {entry["name"] for entry in kustomization(DEPLOY / "config")["configMapGenerator"]}
    for deployment in of_kind("Deployment").values():
        used = [volume["configMap"]["name"] for volume in pod(deployment)["volumes"] if "configMap" in volume]
        assert used
        assert set(used) <= made


def pod(deployment: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = deployment["spec"]["template"]["spec"]
    return found


def test_every_container_is_confined_and_bounded() -> None:
    for deployment in of_kind("Deployment").values():
        assert pod(deployment)["securityContext"]["runAsNonRoot"]
        for container in [*pod(deployment).get("initContainers", []), *pod(deployment)["containers"]]:
            context = container["securityContext"]
            assert context["readOnlyRootFilesystem"]
            assert not context["allowPrivilegeEscalation"]
            assert context["capabilities"] == {"drop": ["ALL"]}
            assert container["resources"]["limits"]["memory"]


def test_selectors_meet_the_pods_they_are_for() -> None:
    pods = {name: labels(deployment) for name, deployment in of_kind("Deployment").items()}
    selectors = {
        name: budget["spec"]["selector"]["matchLabels"] for name, budget in of_kind("PodDisruptionBudget").items()
    }
    assert selectors == pods
    services = of_kind("Service")
    assert services["marsad"]["spec"]["selector"] == pods["marsad-worker"]
    assert services["marsad-notify"]["spec"]["selector"] == pods["marsad-notifier"]
    wanted = of_kind("ServiceMonitor")["marsad"]["spec"]["selector"]["matchLabels"].items()
    assert all(wanted <= service["metadata"]["labels"].items() for service in services.values())
    assert of_kind("NetworkPolicy")["marsad"]["spec"]["podSelector"]["matchLabels"].items() <= wanted


def test_ports_and_probes_meet_the_metrics() -> None:
    settings = of_kind("ConfigMap")["marsad-settings"]["data"]
    for deployment in of_kind("Deployment").values():
        (container,) = pod(deployment)["containers"]
        assert container["ports"] == [{"name": "metrics", "containerPort": int(settings["MARSAD_METRICS_PORT"])}]
        probes = {name: container[f"{name}Probe"]["httpGet"] for name in ("startup", "liveness", "readiness")}
        assert {name: probe["path"] for name, probe in probes.items()} == {
            "startup": "/healthz", "liveness": "/healthz", "readiness": "/readyz",
        }  # fmt: skip
        assert {probe["port"] for probe in probes.values()} == {"metrics"}


def test_a_pod_is_given_more_time_to_end_than_it_takes_and_no_more_workers_than_partitions_are_made() -> None:
    settings = of_kind("ConfigMap")["marsad-settings"]["data"]
    for deployment in of_kind("Deployment").values():
        grace = pod(deployment)["terminationGracePeriodSeconds"]
        assert grace > parse_duration(settings["MARSAD_SHUTDOWN_TIMEOUT"])
    scaler = of_kind("HorizontalPodAutoscaler")["marsad-worker"]["spec"]
    assert scaler["scaleTargetRef"]["name"] in of_kind("Deployment")
    assert scaler["maxReplicas"] <= int(settings["MARSAD_KAFKA_PARTITIONS"])
