"""Where, when and of what a benchmark was made."""

import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import psutil

from streams.settings import Settings
from tests.bench.arena import Arena
from tests.bench.corpus import ROOT

LIBRARIES: Final = (
    "aiokafka",
    "ahocorasick-rs",
    "bytewax",
    "confluent-kafka",
    "faust-streaming",
    "msgspec",
    "quixstreams",
    "redis",
)


def about(arena: Arena, origin: str, size: str) -> dict[str, str]:
    """Return what a reader needs to judge the figures by."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "size": size,
        "revision": revision(),
        "machine": f"{cpu_model()}, {psutil.cpu_count()} cores, {psutil.virtual_memory().total / 2**30:.1f} GiB",
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "servers": f"Kafka {Settings().kafka_version}, Redis {arena.redis.info('server')['redis_version']}",
        "libraries": ", ".join(f"{name} {_version(name)}" for name in LIBRARIES),
        "articles": origin,
    }


def cpu_model() -> str:
    """Return what the processor is called."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()


def revision() -> str:
    """Return the git revision of the checkout, and whether it was changed since."""
    try:
        done = subprocess.run(
            ["git", "describe", "--always", "--dirty"],  # noqa: S607 - whichever git there is
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return "unknown"
    return done.stdout.strip() or "unknown"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not available"
