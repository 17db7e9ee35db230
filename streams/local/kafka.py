"""How the local Kafka is configured, started and asked whether it is well."""

import base64
import os
import socket
import struct
import subprocess
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Final

from processors.errors import ServiceError
from streams.local.java import find_java
from streams.local.maven import kafka_jars
from streams.local.process import Launch, replace_file, tail
from streams.settings import Settings

ENVELOPE: Final = 64 * 1024
JVM: Final = (
    "-Xmx512m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",  # up a second sooner
    "-XX:+ExitOnOutOfMemoryError",
    "-Djava.awt.headless=true",
    "-Dorg.slf4j.simpleLogger.showDateTime=true",
    "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSZ",
)
# The broker session is short since a killed broker is let back in only when its old one has run out.
_CONFIG = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{broker},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{broker}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs=data
message.max.bytes={largest}
replica.fetch.max.bytes={largest}
auto.create.topics.enable=false
group.initial.rebalance.delay.ms=0
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
share.coordinator.state.topic.num.partitions=4
"""


def prepare_kafka(settings: Settings, folder: Path, report: Callable[[str], None]) -> Launch:
    """Fetch what is missing and return how to start Kafka with its data in `folder`; raise ServiceError."""
    classpath = os.pathsep.join(str(jar) for jar in kafka_jars(settings, report))
    java = [str(find_java()), *JVM, "-cp", classpath]

    def configure(ports: list[int]) -> None:
        replace_file(folder / "server.properties", kafka_config(settings, *ports).encode())
        if not (folder / "data" / "meta.properties").exists():
            report("Kafka: preparing its data folder")
            _format(java, folder)

    return Launch("kafka", [*java, "kafka.Kafka", "server.properties"], folder, 2, configure)


def kafka_config(settings: Settings, broker: int, controller: int) -> str:
    """Return the broker's configuration; paths are relative to the folder it is started in."""
    largest = settings.article_max_bytes + ENVELOPE
    return _CONFIG.format(broker=broker, controller=controller, largest=largest)


def kafka_is_well(port: int) -> bool:
    """Tell whether a broker answers there and knows a live broker: itself."""
    request = struct.pack(">hhihi", 3, 1, 1, -1, 0)  # Metadata, version 1, no client id, no Kafka topics
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(struct.pack(">i", len(request)) + request)
            answer = connection.makefile("rb").read(12)
    except OSError:
        return False
    return len(answer) == struct.calcsize(">iii") and struct.unpack(">iii", answer)[2] > 0


def _format(java: list[str], folder: Path) -> None:
    cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).rstrip(b"=").decode()
    log = folder.parent / "kafka-format.log"
    command = [*java, "kafka.tools.StorageTool", "format", "--ignore-formatted"]
    with log.open("wb") as output:
        done = subprocess.run(
            [*command, "--cluster-id=" + cluster, "--config=server.properties"],
            cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False,
        )  # fmt: skip
    if done.returncode:
        problem = f"Kafka cannot prepare its data folder {folder / 'data'}; {log} ends with:\n{tail(log)}"
        message = f"{problem}\nMend what it says there, then run `marsad local up` again."
        raise ServiceError(message)
