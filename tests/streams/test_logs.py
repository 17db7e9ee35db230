"""What is kept from the log."""

import logging

from streams.logs import SayOnce


def record(name: str, line: int = 1, level: int = logging.ERROR) -> logging.LogRecord:
    return logging.LogRecord(name, level, "file.py", line, "no broker", (), None)


def test_the_kafka_client_says_the_same_thing_once() -> None:
    news = SayOnce()
    said = [news.filter(record("aiokafka.conn", line)) for line in (1, 1, 2, 1)]
    assert said == [True, False, True, False]


def test_others_say_what_they_like() -> None:
    news = SayOnce()
    assert all(news.filter(record("streams.relay")) for _ in range(3))
