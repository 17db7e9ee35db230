"""Bytewax with Marsad's functions: batches of its Kafka source, offsets kept in its recovery store."""

from datetime import timedelta
from tempfile import mkdtemp
from typing import Any

import bytewax.operators as op
from bytewax.connectors.kafka import KafkaSource
from bytewax.connectors.stdio import StdOutSink
from bytewax.dataflow import Dataflow
from bytewax.recovery import RecoveryConfig, init_db_dir
from bytewax.run import cli_main

from tests.bench.programs.common import Job, Record

COMMIT_INTERVAL = timedelta(seconds=0.3)


def main() -> None:
    """Run until ended."""
    job = Job()

    def do(batch: list[Any]) -> tuple[()]:
        records = [Record(m.topic, m.partition, m.offset, m.timestamp[1], m.value) for m in batch]
        for start in range(0, len(records), job.settings.batch_max):
            job.do(records[start : start + job.settings.batch_max])
        return ()

    flow = Dataflow("bench")
    source = KafkaSource([job.servers.kafka], [job.topic], batch_size=job.settings.batch_max)
    op.output("nothing", op.flat_map_batch("job", op.input("articles", flow, source), do), StdOutSink())
    store = mkdtemp(prefix="bytewax-", dir=job.settings.home)
    init_db_dir(store, 1)
    cli_main(flow, epoch_interval=COMMIT_INTERVAL, recovery_config=RecoveryConfig(store))


if __name__ == "__main__":
    main()
