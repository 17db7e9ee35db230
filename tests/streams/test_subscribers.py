"""The subscribers of docs/alerts.md, run as they stand there."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from shutil import which

import pytest

from streams.local.java import find_java
from streams.local.maven import kafka_jars
from streams.settings import Settings
from tests.bus import Bus
from tests.kafkatools import kafka_tools
from tests.makers import wait_until
from tests.streams.test_worker import article
from tests.workers import Worker

DOCUMENT = (Path(__file__).parents[2] / "docs" / "alerts.md").read_text("utf-8")
CONSOLE_CONSUMER = "org.apache.kafka.tools.consumer.ConsoleConsumer"
Subscribe = Callable[[Sequence[str]], Path]


def examples(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL)


def here(example: str, settings: Settings) -> str:
    """Return an example that reads the Kafka topics of this test."""
    moved = example.replace("127.0.0.1:9092", str(settings.kafka)).replace(
        "marsad.alerts", f"{settings.kafka_prefix}alerts"
    )
    return moved.replace("subscriber", f"subscriber-{settings.group}")


@pytest.fixture
def subscribe(tmp_path: Path) -> Iterator[Subscribe]:
    """Start subscribers, which end with the test."""
    running: list[subprocess.Popen[bytes]] = []

    def start(command: Sequence[str]) -> Path:
        output = tmp_path / f"subscriber-{len(running)}.txt"
        with output.open("wb") as file:
            running.append(subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT))
        return output

    yield start
    for process in running:
        process.kill()
        process.wait()


@pytest.fixture
def alerted(start_worker: Callable[..., Worker], bus: Bus, rules: Path) -> None:
    """An alert is on Kafka."""
    start_worker({"rules": rules})
    bus.put(article())
    wait_until(lambda: len(bus.read(bus.topics.alerts)) == 1)


@pytest.mark.usefixtures("alerted")
def test_subscribers_in_python_are_told_of_the_alert(subscribe: Subscribe, settings: Settings) -> None:
    written = examples("python")
    outputs = [subscribe([sys.executable, "-c", here(example, settings)]) for example in written]
    assert len(outputs) == 2
    for output in outputs:
        wait_until(lambda output=output: "moscow-pyongyang" in output.read_text("utf-8"))  # type: ignore[misc]


@pytest.mark.usefixtures("alerted")
def test_the_console_consumer_is_told_of_the_alert(subscribe: Subscribe, settings: Settings) -> None:
    (example,) = [example for example in examples("") if example.startswith("kafka-console-consumer.sh")]
    _, *options = shlex.split(here(example, settings))
    classpath = os.pathsep.join(map(str, [*kafka_jars(Settings(), print), kafka_tools()]))
    output = subscribe([str(find_java()), "-cp", classpath, CONSOLE_CONSUMER, *options])
    wait_until(lambda: "state/KP+state/RU" in output.read_text("utf-8"))


@pytest.mark.skipif(which("kcat") is None, reason="kcat is not installed; `make check-deploy` installs it")
@pytest.mark.usefixtures("alerted")
def test_kcat_is_told_of_the_alert(subscribe: Subscribe, settings: Settings) -> None:
    (example,) = [example for example in examples("") if example.startswith("kcat")]
    output = subscribe(shlex.split(here(example, settings)))
    wait_until(lambda: "state/KP+state/RU ce_specversion=1.0" in output.read_text("utf-8"))
