"""The queries of the dashboards, with their variables filled in."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parents[2] / "deploy" / "grafana" / "dashboards"
BUILT_IN = {"__rate_interval": "1m", "__interval": "15s", "__range": "1h"}


class PanelQuery(NamedTuple):
    """A query of a panel; of present values, or over time."""

    dashboard: str
    panel: str
    expr: str
    instant: bool


def dashboards() -> dict[str, Any]:
    """Return the dashboards by name."""
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}


def panels(dashboard: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - JSON
    """Return the panels that show something."""
    return [panel for panel in dashboard["panels"] if panel["type"] != "row"]


def chosen(dashboard: Any) -> dict[str, str]:  # noqa: ANN401 - as above
    """Return what the variables are when a dashboard is opened."""
    values = {}
    for variable in dashboard["templating"]["list"]:
        value = variable.get("current", {}).get("value", "")
        values[variable["name"]] = variable.get("allValue", "") if value == "$__all" else value
    return values


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its variables filled in, as Grafana does; what is no variable stays."""
    known = {**BUILT_IN, **values}
    return re.sub(r"\$\{?(\w+)\}?", lambda found: known.get(found[1], found[0]), text)


def queries() -> Iterator[PanelQuery]:
    """Yield every query of every panel."""
    for name, dashboard in dashboards().items():
        values = chosen(dashboard)
        for panel in panels(dashboard):
            for target in panel["targets"]:
                yield PanelQuery(name, panel["title"], filled(target["expr"], values), bool(target["instant"]))
