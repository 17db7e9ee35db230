"""Run every query of the dashboards against a real worker that was fed the samples; exit 1 when one finds nothing."""

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from click import echo
from pydantic import SecretStr

from streams.local.services import LocalServices
from streams.settings import Settings
from streams.topics import create_topics
from tests.deploy.prometheus import Prometheus, scraping
from tests.deploy.queries import PanelQuery, chosen, dashboards, filled, queries
from tests.makers import wait_until
from tests.workers import Worker, environment

WITHIN = 120.0
INGEST = ("-m", "streams.cli", "ingest", "seeds/articles", "--shift-to-now", "--within", "23h")


def main() -> int:
    """Start everything, feed it, ask everything, end everything."""
    with tempfile.TemporaryDirectory(prefix="marsad-dashboards-") as name:
        folder = Path(name)
        services = LocalServices(Settings(), folder / "services")
        try:
            addresses = services.up(echo)
            settings = Settings(
                kafka=addresses.kafka, redis=SecretStr(addresses.redis), home=folder / "home", metrics_port=0
            )
            settings.home.mkdir()
            (settings.home / "compiled").symlink_to(Settings().home / "compiled")  # compiled once for all
            create_topics(settings, addresses.kafka)
            return _check(settings, folder)
        finally:
            services.down(echo)


def _check(settings: Settings, folder: Path) -> int:
    worker = Worker(settings)
    try:
        worker.started()
        target = re.findall(r"metrics at http://([^/]+)/", worker.text())[0]
        with scraping(folder / "prometheus", [target]) as prometheus:
            wait_until(lambda: bool(prometheus.series('marsad_workers{state="ready"} == 1')))
            subprocess.run([sys.executable, *INGEST], env=environment(settings), check=True)
            return _report(prometheus)
    finally:
        worker.end()


def _report(prometheus: Prometheus) -> int:
    asked = [*queries()]
    empty = _empty(prometheus, asked)
    echo(f"{len(asked)} queries of {len({q[:2] for q in asked})} panels: {len(asked) - len(empty)} found data")
    for query in empty:
        echo(f"empty: {query.dashboard}, {query.panel}: {query.expr}")
    for query in [query for query in asked if query not in empty and not prometheus.has_data(query, beside=0.0)]:
        echo(f"only zeros: {query.dashboard}, {query.panel}: {query.expr}")
    wrong = [problem for name, found in dashboards().items() for problem in _variables(prometheus, name, found)]
    for problem in wrong:
        echo(problem)
    return bool(empty or wrong)


def _empty(prometheus: Prometheus, asked: list[PanelQuery]) -> list[PanelQuery]:
    """Return the queries that find nothing, also when they are asked again for a while."""
    deadline = time.monotonic() + WITHIN
    empty = [query for query in asked if not prometheus.has_data(query)]
    while empty and time.monotonic() < deadline:
        time.sleep(2)
        empty = [query for query in empty if not prometheus.has_data(query)]
    return empty


def _variables(prometheus: Prometheus, name: str, dashboard: Any) -> list[str]:  # noqa: ANN401 - JSON
    """Return the variables whose value is none of those that their query offers."""
    values, wrong = chosen(dashboard), []
    for variable in dashboard["templating"]["list"]:
        if variable["type"] == "query":
            offered = _offered(prometheus, filled(variable["query"]["query"], values), variable.get("regex", ""))
            value = values[variable["name"]]
            if not offered or (value != ".*" and value not in offered):
                wrong.append(f"{name}: variable {variable['name']} is {value}, offered are {sorted(offered)}")
    return wrong


def _offered(prometheus: Prometheus, query: str, regex: str) -> set[str]:
    if found := re.fullmatch(r"label_values\((.+), (\w+)\)", query):
        return {labels[found[2]] for labels in prometheus.series(found[1])}
    inner = re.fullmatch(r"query_result\((.+)\)", query)
    assert inner, query
    label = regex.removeprefix("/").partition("=")[0]
    return {labels[label] for labels in prometheus.series(inner[1])}


if __name__ == "__main__":
    sys.exit(main())
