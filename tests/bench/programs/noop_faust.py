"""Doing nothing: a stock Faust agent."""

from typing import Any

import faust

from streams.servers import locate
from streams.settings import Settings
from streams.topics import KafkaTopics
from tests.bench.programs.tally import begin


def main() -> None:
    """Read articles one by one until the wanted number is reached, report, end."""
    settings, tally = Settings.load(), begin()
    app = faust.App(
        settings.group,
        broker=f"kafka://{locate(settings).kafka}",
        datadir=settings.home / "faust",
        consumer_auto_offset_reset="earliest",
        cython_optimizations=True,
        key_serializer="raw",
        value_serializer="raw",
        table_standby_replicas=0,
        topic_allow_declare=False,
        topic_disable_leader=True,
        web_enabled=False,
        web_bind="127.0.0.1",
    )
    articles = app.topic(KafkaTopics.of(settings).articles, value_type=bytes, key_type=bytes)

    @app.agent(articles)
    async def count(stream: Any) -> None:  # noqa: ANN401 - Faust's stream
        async for _ in stream:
            if tally.saw(1):
                tally.report_and_end()

    faust.Worker(app, loglevel="WARNING", redirect_stdouts=False).execute_from_commandline()


if __name__ == "__main__":
    main()
