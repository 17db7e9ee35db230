"""Publishing on a real Kafka, with the batch driver's producer."""

from collections.abc import AsyncIterator
from contextlib import closing

import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from streams.driver.producer import Codec
from streams.engine import create_app
from streams.local.services import Addresses
from streams.publisher import Publisher
from streams.records import OutRecord
from streams.servers import Servers
from streams.settings import Settings
from tests.bus import Bus


@pytest.fixture
async def publisher(
    settings: Settings, addresses: Addresses, bus: Bus, request: pytest.FixtureRequest
) -> AsyncIterator[Publisher]:
    app = create_app(settings, Servers(addresses.kafka, addresses.redis))
    await app.producer.start()
    codec = getattr(request, "param", Codec.NONE)
    yield Publisher(lambda: app.producer, pytest.fail, {bus.topics.tagged: codec})  # type: ignore[arg-type,return-value]  # the driver's
    await app.producer.stop()


def record(topic: str, key: str, value: str) -> OutRecord:
    return OutRecord(topic, key.encode(), value.encode(), [("name", b"value")])


@pytest.mark.anyio
@pytest.mark.parametrize(
    "publisher", [Codec.NONE, Codec.GZIP, Codec.ZSTD], ids=lambda codec: codec.name.lower(), indirect=True
)
async def test_what_is_published_is_there_whole_and_in_order_by_key(publisher: Publisher, bus: Bus) -> None:
    sent = [record(bus.topics.tagged, f"key-{n % 5}", f"{n}" * 1000) for n in range(500)]
    await publisher.publish(sent)
    found = bus.read(bus.topics.tagged)
    assert len(found) == len(sent)
    for key in {r.key for r in sent}:
        assert [value for k, value, _ in found if k.encode() == key] == [r.value for r in sent if r.key == key]
    assert all(headers == {"name": "value"} for _, _, headers in found)


@pytest.mark.anyio
async def test_a_record_larger_than_a_batch_goes_alone(publisher: Publisher, bus: Bus) -> None:
    large = "x" * 600_000
    await publisher.publish([record(bus.topics.alerts, "k", value) for value in ("before", large, "after")])
    assert [value.decode() for _, value, _ in bus.read(bus.topics.alerts)] == ["before", large, "after"]


@pytest.mark.anyio
async def test_a_key_stands_where_other_kafka_clients_would_put_it(
    publisher: Publisher, bus: Bus, settings: Settings
) -> None:
    keys = [f"key-{n}" for n in range(20)]
    await publisher.publish([record(bus.topics.alerts, key, "ours") for key in keys])
    ours = {(key, partition) for partition in range(2) for key in keys_in(settings, bus.topics.alerts, partition)}
    with closing(KafkaProducer(bootstrap_servers=settings.kafka)) as producer:
        theirs = {(key, producer.send(bus.topics.alerts, b"", key.encode()).get(20).partition) for key in keys}
    assert ours == theirs
    assert {partition for _, partition in ours} == {0, 1}


def keys_in(settings: Settings, topic: str, partition: int) -> list[str]:
    """Return the keys of a partition's records."""
    place = TopicPartition(topic, partition)
    with closing(KafkaConsumer(bootstrap_servers=settings.kafka, enable_auto_commit=False)) as consumer:
        consumer.assign([place])
        end = consumer.end_offsets([place])[place]
        consumer.seek_to_beginning(place)
        found = []
        while consumer.position(place) < end:
            found += [r.key.decode() for r in consumer.poll(timeout_ms=200).get(place, [])]
        return found
