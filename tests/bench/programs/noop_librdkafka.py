"""Doing nothing: a bare librdkafka loop."""

from streams.servers import locate
from streams.settings import Settings
from streams.topics import KafkaTopics
from tests.bench.programs.common import subscribed
from tests.bench.programs.tally import begin


def main() -> None:
    """Read everything, commit, report."""
    settings, tally = Settings.load(), begin()
    consumer = subscribed(settings, locate(settings).kafka, KafkaTopics.of(settings).articles)
    while not (batch := consumer.consume(settings.batch_max, 0.2)) or not tally.saw(len(batch)):
        pass
    consumer.commit(asynchronous=False)
    tally.report()
    consumer.close()


if __name__ == "__main__":
    main()
