"""Keeping the log readable while a broker is away."""

import logging
import time
from collections.abc import Callable

REPEATS_AFTER = 30.0


class SayOnce(logging.Filter):
    """Let the Kafka client say the same thing once in a while; it says it ten times a second."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[str, int], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a record is news."""
        if not record.name.startswith("aiokafka") or record.levelno < logging.WARNING:
            return True
        place = (record.name, record.lineno)
        now = time.monotonic()
        if now - self._said.get(place, -REPEATS_AFTER) < REPEATS_AFTER:
            return False
        self._said[place] = now
        return True


def quieten() -> None:
    """Put the filter before every handler there is."""
    news = SayOnce()
    for handler in logging.getLogger().handlers:
        handler.addFilter(news)


class _Teller(logging.Handler):
    def __init__(self, told: Callable[[], object]) -> None:
        super().__init__(logging.WARNING)
        self._told = told

    def emit(self, _: logging.LogRecord) -> None:
        self._told()


def tell_of_kafka_errors(told: Callable[[], object]) -> None:
    """Call `told` whenever the Kafka client warns or fails, also when the log keeps silent about it."""
    logging.getLogger("aiokafka").addHandler(_Teller(told))
