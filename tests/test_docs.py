"""What the documents say exists."""

import json
import re
from pathlib import Path
from typing import Any

import click
import pytest
from jsonschema import Draft202012Validator
from prometheus_client import CollectorRegistry
from prometheus_client.metrics_core import Metric

from alerts.delivery.context import Context
from alerts.delivery.only import Only
from alerts.delivery.reading import read_receivers
from alerts.delivery.receivers import TYPES, AnyReceiver, Rate, Retries
from alerts.rules.written import FLAT, WrittenRule
from alerts.severity import Severity
from processors.catalogue.files import catalogue_files
from processors.catalogue.parts import ActorPart, Guard, TopicPart
from processors.yamlfile import load_yaml
from streams.cli import COMMANDS, main
from streams.codec import Reason
from streams.metrics import WorkerMetrics
from streams.notify.metrics import NotifierMetrics
from streams.schemas import encoded, schemas
from streams.settings import Settings, as_table, variable

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
DOCUMENTS = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]


def text(path: Path) -> str:
    return path.read_text("utf-8")


@pytest.mark.parametrize("name", sorted(schemas()))
def test_a_published_schema_is_that_of_the_code(name: str) -> None:
    assert (DOCS / name).read_bytes() == encoded(schemas()[name]), "renew it with `make docs`"


def test_the_table_of_settings_is_that_of_the_code() -> None:
    assert text(DOCS / "settings.md") == as_table(), "renew it with `make docs`"


def test_every_setting_that_is_named_exists() -> None:
    known = {variable(name) for name in Settings.model_fields}
    named = {name for path in DOCUMENTS for name in re.findall(r"\bMARSAD_[A-Z_]+[A-Z]\b", text(path))}
    assert named <= known


def notifier_metrics() -> list[Metric]:
    registry = CollectorRegistry()
    NotifierMetrics(registry, ["a"])
    return [*registry.collect()]


def test_every_metric_is_documented_and_every_documented_one_exists() -> None:
    registry = CollectorRegistry()
    WorkerMetrics(registry, [("a", Severity.LOW)])
    found = [*registry.collect(), *notifier_metrics()]
    kinds = {metric.name + ("_total" if metric.type == "counter" else "") for metric in found}
    documented = set(re.findall(r"`((?:marsad|process)_\w+)`", text(DOCS / "metrics.md")))
    assert documented - kinds == set()
    assert {name for name in kinds if name.startswith("marsad_")} - documented == set()


def test_every_label_of_a_metric_is_documented_with_it() -> None:
    registry = CollectorRegistry()
    WorkerMetrics(registry, [("a", Severity.LOW)])
    described = {
        name: set(re.findall(r"`(\w+)`", row[2]))
        for row in re.findall(r"^\| (`marsad_[^|]+)\|([^|]+)\|([^|]+)\|$", text(DOCS / "metrics.md"), re.MULTILINE)
        for name in re.findall(r"`(\w+)`", row[0])
    }
    for metric in [*registry.collect(), *notifier_metrics()]:
        for sample in metric.samples:
            if metric.name.startswith("marsad_"):
                labels = set(sample.labels) - {"le"}
                assert labels <= described[metric.name + ("_total" if metric.type == "counter" else "")], metric.name


def read(name: str) -> Any:  # noqa: ANN401 - YAML
    return load_yaml(ROOT / "deploy" / "prometheus" / name)


RULES = read("rules.yml")
ALERTS = [rule for group in RULES["groups"] for rule in group["rules"] if "alert" in rule]


@pytest.mark.parametrize("rule", ALERTS, ids=lambda rule: rule["alert"])
def test_every_alert_on_marsad_itself_has_a_severity_a_summary_a_runbook_and_a_test(rule: dict[str, Any]) -> None:
    anchor = rule["alert"].lower()
    assert rule["labels"]["severity"] in {"warning", "critical"}
    assert rule["annotations"]["summary"].endswith(".")
    assert rule["annotations"]["runbook"] == f"docs/operating.md#{anchor}"
    assert f"### {rule['alert']}\n" in text(DOCS / "operating.md")
    cases = read("rules_test.yml")["tests"]
    fired = [
        case.get("exp_alerts")
        for test in cases
        for case in test.get("alert_rule_test", [])
        if case["alertname"] == rule["alert"]
    ]
    assert any(fired)
    assert not all(fired)


def test_every_metric_of_the_rules_is_documented() -> None:
    documented = set(re.findall(r"`(marsad_\w+)`", text(DOCS / "metrics.md")))
    expressions = " ".join(rule["expr"] for group in RULES["groups"] for rule in group["rules"])
    named = {re.sub(r"_(bucket|sum|count)$", "", name) for name in re.findall(r"\bmarsad_\w+", expressions)}
    assert named <= documented
    recorded = {rule["record"] for group in RULES["groups"] for rule in group["rules"] if "record" in rule}
    assert set(re.findall(r"\bmarsad:[\w:]+", expressions)) <= recorded


def test_every_key_of_a_receiver_is_documented() -> None:
    documented = set(re.findall(r"^\| `(\w+)` \|", text(DOCS / "notify.md"), re.MULTILINE))
    models = (*TYPES.values(), Only, Rate, Retries)
    assert documented == {key for model in models for key in model.model_fields}


def test_the_receivers_of_the_documents_can_be_read(tmp_path: Path) -> None:
    examples = re.findall(r"^```yaml\n(receivers:.*?)^```", text(DOCS / "notify.md"), re.MULTILINE | re.DOTALL)
    path = tmp_path / "receivers.yaml"
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    found: dict[str, AnyReceiver] = {}
    for example in examples:
        path.write_text(example, "utf-8")
        environ = dict.fromkeys(re.findall(r"\$\{(\w+)\}", example), secret)
        found |= {receiver.type: receiver for receiver in read_receivers(path, Context(environ, str))}
    assert found.keys() == TYPES.keys()


def test_every_reason_of_a_dead_letter_is_documented() -> None:
    documented = set(re.findall(r"^\| `(\w+)` \|", text(DOCS / "articles.md").partition("| reason |")[2], re.MULTILINE))
    assert documented == {reason.value for reason in Reason}


def test_every_test_that_a_guarantee_names_exists() -> None:
    for name in re.findall(r"`(test_\w+\.py)(?:::(\w+))?`", text(DOCS / "guarantees.md")):
        files = list((ROOT / "tests").rglob(name[0]))
        assert files, name
        assert any(f"def {name[1]}" in text(path) for path in files), name


def test_every_rule_field_is_documented() -> None:
    documented = set(re.findall(r"^\| `(\w+)` \|", text(DOCS / "rules.md"), re.MULTILINE))
    assert documented == {*WrittenRule.model_fields, *FLAT}


def test_every_key_of_the_catalogue_is_documented() -> None:
    documented = set(re.findall(r"^\| `(\w+)` \|", text(DOCS / "catalogue.md"), re.MULTILINE))
    assert documented == {*ActorPart.model_fields, *TopicPart.model_fields, *Guard.model_fields}


def test_the_catalogues_files_fit_their_schema() -> None:
    validator = Draft202012Validator(schemas()["catalogue.schema.json"])
    for path in catalogue_files([ROOT / "seeds" / "catalogue"]):
        content = json.loads(json.dumps(load_yaml(path), default=str))
        assert [error.message for error in validator.iter_errors(content)] == [], path


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_and_option_that_is_named_exists(path: Path) -> None:
    for line in re.findall(r"(?:^|`)(?:\$ )?marsad ([a-z][^`\n#|]*)", text(path), re.MULTILINE):
        words = line.split()
        command = _command(words)
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options | {"--help"}, line


def _command(words: list[str]) -> click.Command:
    context = click.Context(main)
    command = main.get_command(context, words[0])
    assert command is not None, words
    if isinstance(command, click.Group) and len(words) > 1:
        below = command.get_command(context, words[1].partition("|")[0])
        assert below is not None, words
        return below
    return command


def test_every_command_is_in_the_readme() -> None:
    for name in COMMANDS:
        assert f"marsad {name}" in text(ROOT / "README.md"), name


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text(ROOT / "Makefile"), re.MULTILINE))
    named = {name for path in DOCUMENTS for name in re.findall(r"(?:^|`)make ([a-z-]+)", text(path), re.MULTILINE)}
    assert named <= targets
