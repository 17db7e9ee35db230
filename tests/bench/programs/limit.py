"""The limit: a bare librdkafka loop that calls Marsad's functions."""

from tests.bench.programs.common import Job, as_record, subscribed, until_ended, what_is_there


def main() -> None:
    """Read, do, commit, until ended."""
    job = Job()
    consumer = subscribed(job.settings, job.servers.kafka, job.topic)

    def turn() -> None:
        messages = what_is_there(consumer, job.settings.batch_max)
        if messages:
            job.do([as_record(message) for message in messages])
            consumer.commit(asynchronous=False)

    until_ended(turn)
    consumer.close()


if __name__ == "__main__":
    main()
