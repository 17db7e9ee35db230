"""Kafka's own command line tools, which a broker does without."""

from pathlib import Path

from streams.local.maven import _context
from streams.local.progress import showing_progress
from streams.settings import Settings


def kafka_tools() -> Path:
    """Return the jar of Kafka's tools."""
    settings = Settings()
    with showing_progress(print) as progress:
        project = _context(settings, progress).project("org.apache.kafka", "kafka-tools")
        return project.at_version(settings.kafka_version).artifact().resolve()
