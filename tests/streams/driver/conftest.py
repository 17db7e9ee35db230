"""A Kafka topic and a group for each test of the driver, and apps that are ended with it."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
import stamina
from aiokafka import AIOKafkaProducer
from kafka import KafkaAdminClient, KafkaConsumer, TopicPartition
from kafka.errors import CoordinatorNotAvailableError

from streams.local.services import Addresses
from tests.makers import wait_until
from tests.streams.driver.probe import Act, Notes, Plan, ProbeApp, probe
from tests.streams.driver.servers import Servers


class Kafka:
    """The Kafka topics and the group of one test."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.group = f"g{uuid4().hex[:8]}"
        self._opened: KafkaAdminClient | None = None

    @property
    def _admin(self) -> Any:  # noqa: ANN401 - the client carries no types
        self._opened = self._opened or KafkaAdminClient(bootstrap_servers=self.address)
        return self._opened

    def create(self, partitions: int = 2, **configs: str) -> str:
        """Create a Kafka topic and return its name."""
        name = f"t{uuid4().hex[:8]}"
        configs = {key.replace("_", "."): value for key, value in configs.items()}
        topic = {"num_partitions": partitions, "replication_factor": 1, "configs": configs}
        self._admin.create_topics({name: topic}, wait_for_metadata=True)
        return name

    def put(self, topic: str, count: int, partition: int = 0, value: bytes = b"v", start: int = 0) -> None:
        """Put records into a partition; each value begins with its number."""

        async def send() -> None:
            async with AIOKafkaProducer(
                bootstrap_servers=self.address,
                compression_type="gzip",
                max_batch_size=200_000,
                max_request_size=2 << 20,
            ) as producer:
                for number in range(start, start + count):
                    await producer.send(topic, b"%d " % number + value, partition=partition)

        with ThreadPoolExecutor(1) as thread:  # since a test may run in an event loop of its own
            thread.submit(asyncio.run, send()).result()

    def committed(self, topic: str, group: str | None = None) -> dict[int, int]:
        """Return what the group has committed, by partition."""
        group = group or self.group
        offsets = self._of_group(lambda: self._admin.list_group_offsets({group: None})[group])
        return {tp.partition: found.offset for tp, found in offsets.items() if tp.topic == topic}

    def ends(self, topic: str) -> dict[int, int]:
        """Return where the partitions end."""
        consumer = KafkaConsumer(bootstrap_servers=self.address)
        try:
            partitions = [TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic)]
            return {tp.partition: end for tp, end in consumer.end_offsets(partitions).items()}
        finally:
            consumer.close()

    def read(self, topic: str) -> list[int]:
        """Return the offsets of all records that a partition holds."""
        consumer = KafkaConsumer(bootstrap_servers=self.address, enable_auto_commit=False)
        try:
            partition = TopicPartition(topic, 0)
            consumer.assign([partition])
            consumer.seek_to_beginning(partition)
            end, found = consumer.end_offsets([partition])[partition], []
            while consumer.position(partition) < end:
                found += [r.offset for records in consumer.poll(timeout_ms=200).values() for r in records]
            return found
        finally:
            consumer.close()

    def delete(self, topic: str, before: int) -> None:
        """Delete the oldest records of a partition."""
        self._admin.delete_records({TopicPartition(topic, 0): before})

    def is_settled(self, members: int, group: str | None = None) -> bool:
        """Tell whether the group has so many members, and is not about to move partitions."""
        group = group or self.group
        found = self._of_group(lambda: self._admin.describe_groups([group])[group])
        return len(found["members"]) == members and found["group_state"] == "Stable"

    @staticmethod
    def _of_group(ask: Callable[[], Any]) -> Any:  # noqa: ANN401 - as above
        for attempt in stamina.retry_context(on=CoordinatorNotAvailableError, timeout=20):  # a new broker's first group
            with attempt:
                return ask()
        raise AssertionError

    def close(self) -> None:
        """Close the connection; the next call opens another."""
        if self._opened is not None:
            self._opened.close()
        self._opened = None


@pytest.fixture
def kafka(addresses: Addresses) -> Iterator[Kafka]:
    """Kafka topics and a group of one test, on the shared broker."""
    client = Kafka(addresses.kafka)
    yield client
    client.close()


@pytest.fixture(scope="session")
def own_servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """A Kafka and a Redis for the tests that take them away."""
    servers = Servers(tmp_path_factory.mktemp("servers"))
    yield servers
    servers.down()


@pytest.fixture
def servers(own_servers: Servers) -> Servers:
    """The same, both well."""
    own_servers.mend()
    return own_servers


@pytest.fixture
def notes(tmp_path: Path) -> Notes:
    """What the agents of one test wrote down."""
    return Notes(tmp_path / "notes")


class Process:
    """An app in a process of its own."""

    def __init__(self, plan: Plan, log: Path) -> None:
        self.log = log
        with log.open("wb") as output:
            command = [sys.executable, "-m", "tests.streams.driver.probe", msgspec.json.encode(plan).decode()]
            self.process = subprocess.Popen(command, stdout=output, stderr=output)
        self.pid = self.process.pid

    def text(self) -> str:
        """Return what it has logged."""
        return self.log.read_text("utf-8", "replace")

    def end(self, how: signal.Signals = signal.SIGTERM, within: float = 20) -> int:
        """Send a signal and return the exit status."""
        self.process.send_signal(how)
        return self.process.wait(within)


Start = Callable[..., Process]


@pytest.fixture
def start(kafka: Kafka, notes: Notes, tmp_path: Path) -> Iterator[Start]:
    """Start apps as processes and wait until they are ready; whatever happens, they end with the test."""
    processes: list[Process] = []

    def start(*topics: str, ready: bool = True, **how: Any) -> Process:  # noqa: ANN401 - fields of a plan
        plan = Plan(how.pop("kafka", kafka.address), kafka.group, topics, str(notes.path), **how)
        process = Process(plan, tmp_path / f"app-{len(processes)}.log")
        processes.append(process)
        if ready:
            wait_until(lambda: "Worker ready" in process.text() or process.process.poll() is not None)
            assert process.process.poll() is None, process.text()
        return process

    yield start
    for process in processes:
        if process.process.poll() is None:
            process.process.kill()
            process.process.wait()


Running = Callable[..., Any]


@pytest.fixture
def running(kafka: Kafka, notes: Notes) -> Running:
    """Run an app in the test's own event loop."""

    @asynccontextmanager
    async def running(act: Act, *topics: str, **how: Any) -> AsyncIterator[ProbeApp]:  # noqa: ANN401 - fields of a plan
        app = probe(Plan(kafka.address, kafka.group, topics, str(notes.path), **how), act)
        await app.start()
        try:
            yield app
        finally:
            await app.stop()

    return running
