"""One record put into Kafka or Redis, and read again."""

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from redis import Redis

NEWS = "news"
READ_SECONDS = 20


def put_redis(url: str) -> None:
    with Redis.from_url(url) as redis:
        redis.set("news", "kept")


def get_redis(url: str) -> object:
    with Redis.from_url(url) as redis:
        return redis.get("news")


def create_news(brokers: str) -> None:
    admin = KafkaAdminClient(bootstrap_servers=brokers)
    try:
        admin.create_topics({NEWS: {"num_partitions": 1, "replication_factor": 1}}, wait_for_metadata=True)
    finally:
        admin.close()


def send(brokers: str, value: bytes) -> None:
    producer = KafkaProducer(bootstrap_servers=brokers, max_request_size=16 * 1024 * 1024)
    try:
        producer.send(NEWS, value).get(timeout=READ_SECONDS)
    finally:
        producer.close()


def read_first(brokers: str) -> object:
    consumer = KafkaConsumer(bootstrap_servers=brokers, consumer_timeout_ms=READ_SECONDS * 1000)
    try:
        consumer.assign([TopicPartition(NEWS, 0)])
        consumer.seek_to_beginning()
        return next(consumer).value
    finally:
        consumer.close()
