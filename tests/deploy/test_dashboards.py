"""The dashboards are what their generator makes, and readable."""

import re
from pathlib import Path
from typing import Any

import pytest

from deploy.grafana.build import encoded
from processors.yamlfile import load_yaml
from tests.deploy.queries import FOLDER, chosen, dashboards, filled, panels

ROOT = Path(__file__).parents[2]
CORE = {"bargauge", "heatmap", "stat", "table", "timeseries"}
NAMED_COLOURS = {"text", "green", "yellow", "red"}
PANELS = [
    pytest.param(panel, id=f"{name}: {panel['title']}") for name, d in dashboards().items() for panel in panels(d)
]


def test_the_files_are_what_the_generator_makes() -> None:
    assert {path.name: path.read_text("utf-8") for path in FOLDER.iterdir()} == encoded(), "renew them with `make docs`"


@pytest.mark.parametrize("panel", PANELS)
def test_every_panel_says_what_it_shows(panel: dict[str, Any]) -> None:
    defaults = panel["fieldConfig"]["defaults"]
    assert panel["description"].endswith(".")
    assert defaults["unit"]
    assert all(target["legendFormat"] for target in panel["targets"])
    assert len({target["refId"] for target in panel["targets"]}) == len(panel["targets"])
    assert panel["type"] in CORE, "only what comes with Grafana"
    assert {step["color"] for step in defaults["thresholds"]["steps"]} <= NAMED_COLOURS, "what any theme can show"
    assert panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}


@pytest.mark.parametrize("panel", PANELS)
def test_every_metric_of_a_panel_exists(panel: dict[str, Any]) -> None:
    documented = set(re.findall(r"`((?:marsad|process)_\w+)`", (ROOT / "docs" / "metrics.md").read_text("utf-8")))
    groups: Any = load_yaml(ROOT / "deploy" / "prometheus" / "rules.yml")
    recorded = {rule["record"] for group in groups["groups"] for rule in group["rules"] if "record" in rule}
    for target in panel["targets"]:
        named = re.findall(r"\b((?:marsad|process)_\w+)", target["expr"])
        assert {re.sub(r"_(bucket|sum|count)$", "", name) for name in named} <= documented
        assert set(re.findall(r"\bmarsad:[\w:]+", target["expr"])) <= recorded


@pytest.mark.parametrize("name", [*dashboards()])
def test_a_dashboard_fits_the_grid_and_uses_no_variable_that_it_lacks(name: str) -> None:
    dashboard = dashboards()[name]
    values = chosen(dashboard)
    places = [panel["gridPos"] for panel in dashboard["panels"]]
    assert all(place["x"] + place["w"] <= 24 for place in places)
    cells = [(x, y) for p in places for x in range(p["x"], p["x"] + p["w"]) for y in range(p["y"], p["y"] + p["h"])]
    assert len(cells) == len(set(cells)), "no panel lies on another"
    for panel in panels(dashboard):
        for target in panel["targets"]:
            assert "$" not in filled(target["expr"], values)


def test_every_link_leads_to_a_dashboard_and_its_variables() -> None:
    known = {d["uid"]: chosen(d).keys() for d in dashboards().values()}
    text = "".join(path.read_text("utf-8") for path in FOLDER.iterdir())
    links = re.findall(r"/d/([\w-]+)\?([^\"]+)", text)
    assert {uid for uid, _ in links} == {"marsad-pair", "marsad-topic"}
    for uid, parameters in links:
        assert set(re.findall(r"var-(\w+)=", parameters)) <= known[uid]
    assert all(d["links"][0]["tags"] == d["tags"] == ["marsad"] for d in dashboards().values())
