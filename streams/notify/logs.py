"""Keeping secrets out of the log."""

import logging
from typing import Final

_TALKATIVE: Final = ("apprise", "httpcore", "httpx", "requests", "urllib3")


def keep_secrets() -> None:
    """Let libraries that log URLs, which are secret, say nothing."""
    for name in _TALKATIVE:
        logger = logging.getLogger(name)
        logger.propagate = False
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
