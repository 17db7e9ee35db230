"""A real Prometheus for a check."""

import json
import math
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from streams.local.ports import choose_ports
from tests.deploy.queries import PanelQuery
from tests.makers import wait_until

RULES = Path(__file__).parents[2] / "deploy" / "prometheus" / "rules.yml"


class Prometheus:
    """Asks a Prometheus."""

    def __init__(self, address: str) -> None:
        self._address = address

    def has_data(self, query: PanelQuery, beside: float = math.nan) -> bool:
        """Tell whether a query brings a number, other than `beside`; fail when it is no query."""
        now = time.time()
        if query.instant:
            found = self._ask("query", query=query.expr)["result"]
            values = [row["value"][1] for row in found]
        else:
            found = self._ask("query_range", query=query.expr, start=now - 600, end=now, step=5)["result"]
            values = [value for row in found for _, value in row["values"]]
        return any(not math.isnan(float(value)) and float(value) != beside for value in values)

    def series(self, selector: str) -> list[dict[str, str]]:
        """Return the labels of what a query finds."""
        return [row["metric"] for row in self._ask("query", query=selector)["result"]]

    def is_up(self) -> bool:
        """Tell whether it answers."""
        try:
            with urllib.request.urlopen(f"{self._address}/-/ready", timeout=5):  # noqa: S310 - our own server
                return True
        except OSError:
            return False

    def _ask(self, what: str, **parameters: object) -> Any:  # noqa: ANN401 - JSON
        url = f"{self._address}/api/v1/{what}?{urllib.parse.urlencode(parameters)}"
        try:
            with urllib.request.urlopen(url, timeout=20) as response:  # noqa: S310 - as above
                return json.load(response)["data"]
        except urllib.error.HTTPError as error:
            with error:
                message = f"{parameters['query']}: {json.load(error)['error']}"
            raise AssertionError(message) from error


@contextmanager
def scraping(folder: Path, targets: Sequence[str]) -> Iterator[Prometheus]:
    """Run a Prometheus that scrapes every second and knows Marsad's rules."""
    folder.mkdir()
    config = {
        "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
        "rule_files": [str(RULES)],
        "scrape_configs": [{"job_name": "marsad", "static_configs": [{"targets": [*targets]}]}],
    }
    (folder / "prometheus.yml").write_text(json.dumps(config), "utf-8")
    address = f"127.0.0.1:{choose_ports([], 1)[0]}"
    options = {"config.file": folder / "prometheus.yml", "storage.tsdb.path": folder / "data"}
    command = ["prometheus", f"--web.listen-address={address}", *(f"--{name}={at}" for name, at in options.items())]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        prometheus = Prometheus(f"http://{address}")
        wait_until(prometheus.is_up)
        yield prometheus
    finally:
        process.terminate()
        process.wait(20)
