"""Backpressure bounds memory, whatever waits in Kafka."""

from pathlib import Path

import psutil
import pytest

from tests.makers import wait_until
from tests.streams.driver.conftest import Kafka, Start

MIB = 1 << 20


@pytest.mark.parametrize(
    ("size", "count", "bound"),
    [pytest.param(MIB - 1_000, 300, 200 * MIB, id="1 MB"), pytest.param(2_000, 30_000, 40 * MIB, id="2 kB")],
)
def test_while_an_agent_stalls_memory_stays_bounded(
    kafka: Kafka, start: Start, tmp_path: Path, size: int, count: int, bound: int
) -> None:
    hold, topic = tmp_path / "hold", kafka.create(2)
    app = start(topic, hold=str(hold), pause=0.01, brief=True)
    process = psutil.Process(app.pid)
    before, grown = process.memory_info().rss, [0]
    hold.touch()
    for partition in range(2):
        kafka.put(topic, count, partition, bytes(range(256)) * (size // 256))
    assert 2 * count * size > 2.5 * bound, "too little waits to tell"

    def done() -> int:
        grown.append(process.memory_info().rss - before)
        return sum(kafka.committed(topic).values())

    hold.unlink()
    wait_until(lambda: done() > count / 2)
    hold.touch()  # it stalls, with all that is fetched ahead
    wait_until(lambda: done() > 0 and len(grown) > 20 and max(grown[-10:]) - min(grown[-10:]) < MIB)
    hold.unlink()
    wait_until(lambda: done() == 2 * count)
    print(f"grew by {max(grown) / MIB:.0f} MiB at the most while {2 * count * size / MIB:.0f} MiB waited")  # noqa: T201
    assert max(grown) < bound
