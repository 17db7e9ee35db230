"""Alertmanager takes what it is sent, and tells its own receivers; `make check-deploy` installs it."""

import json
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from alerts.alert import Alert
from alerts.delivery.answer import Verdict
from alerts.delivery.example import alert_to_test
from alerts.delivery.receivers import AlertmanagerReceiver
from streams.local.ports import choose_ports
from streams.notify.sender import Sent
from streams.notify.senders import sender_of
from tests.desk import Desk, desk
from tests.makers import NOON, make_alert, wait_until

PROGRAM = shutil.which("prometheus-alertmanager") or shutil.which("alertmanager")
pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(PROGRAM is None, reason="there is no Alertmanager; `make check-deploy` installs Debian's"),
]


class Alertmanager:
    """An Alertmanager of this test's own, which tells a desk of alerts at once."""

    def __init__(self, folder: Path, told: Desk) -> None:
        config = {
            "route": {"receiver": "desk", "group_by": ["..."], "group_wait": "0s", "group_interval": "1s"},
            "receivers": [{"name": "desk", "webhook_configs": [{"url": told.url}]}],
        }
        (folder / "alertmanager.yml").write_text(json.dumps(config))
        (port,) = choose_ports([], 1)
        self.url = f"http://127.0.0.1:{port}"
        with (folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [
                    str(PROGRAM), f"--config.file={folder / 'alertmanager.yml'}", f"--storage.path={folder}",
                    f"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address=",
                ],
                stdout=log, stderr=log,
            )  # fmt: skip
        wait_until(self._ready, within=30)

    def alerts(self) -> list[dict[str, Any]]:
        """Return the alerts that it holds, by group."""
        with urllib.request.urlopen(f"{self.url}/api/v2/alerts", timeout=5) as response:  # noqa: S310 - our own
            found: list[dict[str, Any]] = json.load(response)
        return sorted(found, key=lambda alert: str(alert["labels"]["group"]))

    def _ready(self) -> bool:
        assert self.process.poll() is None
        try:
            with urllib.request.urlopen(f"{self.url}/-/ready", timeout=5) as response:  # noqa: S310 - our own
                return bool(response.status == 200)
        except OSError:
            return False


@pytest.fixture
def there() -> Iterator[Desk]:
    with desk() as found:
        yield found


@pytest.fixture
def alertmanager(tmp_path: Path, there: Desk) -> Iterator[Alertmanager]:
    started = Alertmanager(tmp_path, there)
    yield started
    started.process.terminate()
    started.process.wait(20)


async def send(to: Alertmanager, alert: Alert, now: float) -> Sent:
    sender = sender_of(
        AlertmanagerReceiver.model_validate({"name": "am", "type": "alertmanager", "url": to.url, "firing": "10m"}), ""
    )
    try:
        return await sender.send(alert, now)
    finally:
        await sender.close()


async def test_alertmanager_holds_one_alert_for_a_rule_and_group_and_tells_of_it(
    alertmanager: Alertmanager, there: Desk
) -> None:
    now = 4_000_000_000.0  # far ahead, so that all of it fires
    for alert in (make_alert(id="one"), make_alert(id="two"), make_alert(id="three", pair=("state/KP", "state/US"))):
        assert (await send(alertmanager, alert, now)).answer.verdict is Verdict.ACCEPTED
    wait_until(lambda: len(alertmanager.alerts()) == 2)
    first, second = alertmanager.alerts()
    assert [alert["labels"]["group"] for alert in (first, second)] == ["state/KP+state/RU", "state/KP+state/US"]
    assert first["labels"]["severity"] == "high"
    assert first["annotations"]["alert_id"] == "two"
    assert first["annotations"]["summary"].startswith("[HIGH] state/KP and state/RU")
    assert first["generatorURL"] == "https://news.example/1?a=1&b=2"
    assert (first["startsAt"], first["status"]["state"]) == ("2023-11-14T22:13:20.000Z", "active")
    wait_until(lambda: len(there.posts) >= 2)
    told = [json.loads(post.body)["alerts"][0] for post in there.posts]
    assert {alert["labels"]["group"] for alert in told} == {"state/KP+state/RU", "state/KP+state/US"}
    assert {alert["status"] for alert in told} == {"firing"}


async def test_alertmanager_takes_the_test_alert(alertmanager: Alertmanager) -> None:
    assert (await send(alertmanager, alert_to_test("am", NOON), 4_000_000_000.0)).answer.verdict is Verdict.ACCEPTED
    wait_until(lambda: [alert["labels"]["alertname"] for alert in alertmanager.alerts()] == ["marsad-test"])
