"""Workers as processes of their own, ended with their test."""

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from streams.settings import Settings, variable
from streams.topics import KafkaTopics
from tests.makers import wait_until


def environment(settings: Settings) -> dict[str, str]:
    """Return an environment in which a command finds these settings and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MARSAD_")}
    chosen = {name: getattr(settings, name) for name in settings.model_fields_set}
    shown = {name: value.get_secret_value() if name == "redis" else str(value) for name, value in chosen.items()}
    return kept | {variable(name): value for name, value in shown.items()}


class Worker:
    """A `marsad worker` in a process of its own."""

    def __init__(self, settings: Settings, command: tuple[str, ...] = ("-m", "streams.cli", "worker")) -> None:
        self.log = settings.home / f"worker-{id(self)}.log"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, *command], env=environment(settings), stdout=output, stderr=output
            )

    def text(self) -> str:
        """Return what it has logged."""
        return self.log.read_text("utf-8", "replace")

    def started(self) -> None:
        """Wait until it shows its metrics."""
        wait_until(lambda: "metrics at" in self.text() or self.process.poll() is not None)
        assert self.process.poll() is None, self.text()

    def get(self, path: str) -> str:
        """Return what its web server answers."""
        address = self.text().partition("metrics at ")[2].split()[0].removesuffix("/metrics")
        with urllib.request.urlopen(address + path, timeout=10) as response:  # noqa: S310 - our own server
            return str(response.read().decode())

    def end(self, how: signal.Signals = signal.SIGTERM, within: float = 20) -> int:
        """Send a signal and return the exit status."""
        self.process.send_signal(how)
        return self.process.wait(within)


@pytest.fixture
def start_worker(settings: Settings, kafka_topics: None) -> Iterator[Callable[..., Worker]]:  # noqa: ARG001 - must be there
    """Start workers; whatever happens, they end with the test."""
    workers: list[Worker] = []

    def start(changed: dict[str, object] | None = None, **kwargs: tuple[str, ...]) -> Worker:
        worker = Worker(Settings(**{**_set(settings), **(changed or {})}), **kwargs)  # type: ignore[arg-type]
        workers.append(worker)
        worker.started()
        return worker

    yield start
    for worker in workers:
        if worker.process.poll() is None:
            worker.end(signal.SIGKILL)


def _set(settings: Settings) -> dict[str, object]:
    return {name: getattr(settings, name) for name in settings.model_fields_set}


class Bus:
    """The Kafka topics of a test, to write to and to read from."""

    def __init__(self, settings: Settings) -> None:
        self.topics = KafkaTopics.of(settings)
        self._servers = {"bootstrap_servers": settings.kafka}
        self._group = settings.group

    def put(self, *messages: bytes, compression: str | None = None) -> None:
        """Put messages among the articles."""
        producer = KafkaProducer(**self._servers, compression_type=compression, max_request_size=20_000_000)
        for message in messages:
            producer.send(self.topics.articles, value=message)
        producer.flush()
        producer.close()

    def read(self, topic: str) -> list[tuple[str, bytes, dict[str, str]]]:
        """Return all records of a topic as key, value and headers."""
        consumer = KafkaConsumer(**self._servers, enable_auto_commit=False)
        partitions = [TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic)]
        consumer.assign(partitions)
        ends = consumer.end_offsets(partitions)
        consumer.seek_to_beginning(*partitions)
        found = []
        while any(consumer.position(partition) < ends[partition] for partition in partitions):
            for records in consumer.poll(timeout_ms=200).values():
                found += [(r.key.decode(), r.value, {k: v.decode() for k, v in r.headers}) for r in records]
        consumer.close()
        return found

    def values(self, topic: str) -> list[dict[str, object]]:
        """Return the JSON objects of a topic."""
        return [msgspec.json.decode(value) for _, value, _ in self.read(topic)]

    def lag(self) -> int:
        """Return how many articles the group has not committed."""
        consumer = KafkaConsumer(**self._servers, group_id=self._group, enable_auto_commit=False)
        topic = self.topics.articles
        partitions = [TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic)]
        ends = consumer.end_offsets(partitions)
        behind = sum(ends[partition] - (consumer.committed(partition) or 0) for partition in partitions)
        consumer.close()
        return int(behind)

    def caught_up(self, within: float = 60) -> None:
        """Wait until every article is committed."""
        wait_until(lambda: self.lag() == 0, within)


@pytest.fixture
def bus(settings: Settings, kafka_topics: None) -> Bus:  # noqa: ARG001 - must be there
    """The Kafka topics of one test."""
    return Bus(settings)


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A rule file of three lines."""
    path = tmp_path / "rules.yaml"
    path.write_text(
        "rules:\n- {id: moscow-pyongyang, pair: [روسيا, كوريا الشمالية], "
        "topics: [military-cooperation, space-technology], cooldown: 0s}\n",
        "utf-8",
    )
    return path
