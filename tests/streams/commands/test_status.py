"""`marsad status` and the pages of a worker, on real servers."""

import json
import urllib.error
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner, Result

from streams.cli import main
from streams.settings import Settings
from tests.bus import Bus
from tests.makers import ABOUT_BOTH, wait_until, wire
from tests.workers import Worker, environment


def status(settings: Settings, *options: str, **changed: str) -> Result:
    return CliRunner().invoke(main, ["status", *options], env=environment(settings) | changed)


def is_ready(worker: Worker) -> bool:
    try:
        return json.loads(worker.get("/readyz"))["ready"] is True
    except urllib.error.HTTPError as error:
        error.close()
        return False


def test_the_group_is_shown_with_its_worker_its_lag_and_the_last_alert(
    start_worker: Callable[..., Worker], bus: Bus, rules: Path, settings: Settings
) -> None:
    before = status(settings, "--json")
    assert (before.exit_code, json.loads(before.stdout)["workers"]) == (1, [])
    worker = start_worker({"rules": rules})
    wait_until(lambda: is_ready(worker))
    bus.put(wire(title="A meeting", body=ABOUT_BOTH))
    bus.caught_up()
    wait_until(lambda: len(bus.read(bus.topics.alerts)) == 1)
    wait_until(lambda: status(settings).exit_code == 0)
    told = json.loads(status(settings, "--json").stdout)
    (seen,) = told["workers"]
    assert (told["ok"], told["problems"]) == (True, [])
    assert (seen["worker"]["rules"], set(seen["worker"]["lag"])) == (1, {"0", "1"})
    assert told["partitions"] == [{"partition": number, "lag": 0, "worker": seen["worker"]["id"]} for number in (0, 1)]
    assert (told["last_alert"]["rule"], told["last_alert"]["severity"]) == ("moscow-pyongyang", "medium")
    shown = status(settings).stdout
    assert "All is well." in shown
    assert "moscow-pyongyang" in shown
    assert worker.end() == 0
    after = status(settings)
    assert (after.exit_code, "wrong: no worker runs" in after.stdout) == (1, True)


def test_a_server_that_cannot_be_reached_is_told(settings: Settings) -> None:
    away = status(settings, MARSAD_REDIS="redis://127.0.0.1:1")
    assert away.exit_code == 1
    assert "wrong: Redis cannot be reached" in away.stdout
