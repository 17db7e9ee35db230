"""Order within a partition, and what a batch is made of."""

from tests.makers import wait_until
from tests.streams.driver.conftest import Kafka, Start
from tests.streams.driver.probe import Notes


def test_records_of_a_partition_come_in_order_in_batches_of_one_kafka_topic(
    kafka: Kafka, start: Start, notes: Notes
) -> None:
    topics, count = [kafka.create(3), kafka.create(2)], 1_500
    app = start(*topics, options={"broker_max_poll_records": 100}, pause=0.005)
    for topic, partitions in zip(topics, (3, 2), strict=True):
        for partition in range(partitions):
            kafka.put(topic, count, partition)
    wait_until(lambda: len(notes.done()) >= 5 * count)
    assert app.end() == 0
    batches = [note.records for note in notes.read(done=False)]
    for topic, partition in ((topics[0], 0), (topics[0], 1), (topics[0], 2), (topics[1], 0), (topics[1], 1)):
        read = [o for t, p, o in notes.begun() if (t, p) == (topic, partition)]
        assert read == list(range(count))
    assert all(len({topic for topic, *_ in batch}) == 1 for batch in batches)
    assert max(map(len, batches)) == 100
