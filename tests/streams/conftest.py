"""Workers and Kafka topics of one test, ended with it."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from streams.settings import Settings
from tests.bus import Bus
from tests.workers import Worker


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
