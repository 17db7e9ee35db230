"""The Kafka topics that Marsad reads and writes, and how they come to be."""

from collections.abc import Iterable

import msgspec
from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from processors.errors import ServiceError
from streams.servers import kafka_config
from streams.settings import Settings

ENVELOPE = 64 * 1024
"""Room for headers and what Marsad adds, beyond the largest article."""


class KafkaTopics(msgspec.Struct, frozen=True):
    """The names of the Kafka topics."""

    articles: str
    tagged: str
    alerts: str
    audit: str
    dead_letters: str

    @classmethod
    def of(cls, settings: Settings) -> "KafkaTopics":
        """Return the names below the prefix that is set."""
        return cls(*(settings.kafka_prefix + field.replace("_", "-") for field in cls.__struct_fields__))

    def of_route(self, route: str) -> str:
        """Return the Kafka topic of the alerts that take a route."""
        return f"{self.alerts}.{route}"


def create_topics(settings: Settings, brokers: str, routes: Iterable[str] = ()) -> dict[str, bool]:
    """Create the Kafka topics that are not there yet; return which were created; raise ServiceError."""
    kafka = KafkaTopics.of(settings)
    wanted = [*msgspec.structs.astuple(kafka), *map(kafka.of_route, routes)]
    try:
        admin = KafkaAdminClient(**kafka_config(settings, brokers))
        try:
            there = set(admin.list_topics())
            missing = {name: _options(settings) for name in wanted if name not in there}
            if missing:
                admin.create_topics(missing, wait_for_metadata=True)
        finally:
            admin.close()
    except KafkaError as error:
        message = f"the Kafka topics cannot be created on {brokers}: {error!r}; is Kafka up, and may this user create?"
        raise ServiceError(message) from error
    return {name: name in missing for name in wanted}


def _options(settings: Settings) -> dict[str, object]:
    return {
        "num_partitions": settings.kafka_partitions,
        "replication_factor": settings.kafka_replication,
        "configs": {
            "retention.ms": str(int(settings.kafka_retention * 1000)),
            "max.message.bytes": str(settings.article_max_bytes + ENVELOPE),
            "min.insync.replicas": str(max(1, settings.kafka_replication - 1)),
        },
    }
