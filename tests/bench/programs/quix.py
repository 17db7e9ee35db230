"""Quix Streams with Marsad's functions: a sink that does a whole checkpoint as one batch."""

from typing import Any

from quixstreams import Application
from quixstreams.sinks import BaseSink

from tests.bench.programs.common import Job, Record

COMMIT_INTERVAL = 0.3


class WholeBatch(BaseSink):  # type: ignore[misc]  # untyped
    """Keeps what comes until the checkpoint; its offsets are committed when `flush` returns."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job
        self._batch: list[Record] = []

    def add(
        self, value: bytes, key: Any, timestamp: int, headers: Any, topic: str, partition: int, offset: int  # noqa: ANN401, ARG002 - the library's signature
    ) -> None:  # fmt: skip
        """Keep a record."""
        self._batch.append(Record(topic, partition, offset, timestamp, value))

    def flush(self) -> None:
        """Do the job for all that was kept."""
        if self._batch:
            self._job.do(self._batch)
            self._batch.clear()


def main() -> None:
    """Run until ended."""
    job = Job()
    app = Application(
        broker_address=job.servers.kafka,
        consumer_group=job.settings.group,
        auto_offset_reset="earliest",
        commit_every=job.settings.batch_max,
        commit_interval=COMMIT_INTERVAL,
        loglevel="WARNING",
        auto_create_topics=False,
        use_changelog_topics=False,
        state_dir=job.settings.home / "quix",
    )
    articles = app.topic(job.topic, value_deserializer="bytes", key_deserializer="bytes")
    app.dataframe(articles).sink(WholeBatch(job))
    app.run()


if __name__ == "__main__":
    main()
