"""Keeping the log readable while a broker is away."""

import logging
import time

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
