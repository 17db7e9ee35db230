"""What is wrong with rule files: where, what, and what to do."""

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from processors.errors import ConfigError


class Level(StrEnum):
    """Whether rules can be used in spite of a problem: an error stops a start, a warning is only told."""

    ERROR = "error"
    WARNING = "warning"


class Problem(NamedTuple):
    """One problem; lines and columns begin at 1."""

    file: Path
    line: int
    column: int
    what: str
    level: Level = Level.ERROR

    def __str__(self) -> str:
        """Return it as one line, as compilers do."""
        kind = "warning: " if self.level is Level.WARNING else ""
        return f"{self.file}:{self.line}:{self.column}: {kind}{self.what}"


class RuleFileError(ConfigError):
    """The rule files cannot be used; one line for each problem, warnings last."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: (problem.level is Level.WARNING, problem))
        super().__init__("\n".join(map(str, self.problems)))
