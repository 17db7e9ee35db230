"""How the result of a crash test is shown."""

from collections import Counter
from typing import Final

import msgspec
from rich.console import Console
from rich.table import Table

from tests.crash.chaos import Kind
from tests.crash.supervisor import Told
from tests.crash.verify import Check

MOST_SHOWN: Final = 40
"""Differences shown of each check; the count of all is told."""


class Result(msgspec.Struct, frozen=True):
    """What came of a crash test."""

    seed: int
    seconds: float
    checks: list[Check]
    complaints: list[str]
    faults: Counter[Kind]
    ends: Counter[tuple[Told, int]]

    @property
    def passed(self) -> bool:
        """Tell whether everything is as it must be."""
        return not self.complaints and not any(check.differences for check in self.checks)


def show(result: Result, console: Console) -> None:
    """Print the faults, the table and every difference."""
    faults = ", ".join(f"{number} {kind}" for kind, number in sorted(result.faults.items()))
    ends = ", ".join(f"{number} {told} (status {status})" for (told, status), number in sorted(result.ends.items()))
    console.print(f"\n{result.faults.total()} faults: {faults}", markup=False)
    console.print(f"workers ended: {ends}\n", markup=False)
    console.print(_table(result.checks))
    for check in result.checks:
        _show_differences(check.name, check.differences, console)
    _show_differences("workers", result.complaints, console)
    verdict = "passed" if result.passed else "FAILED"
    console.print(f"\nThe crash test {verdict} in {result.seconds:.0f} s; its seed was {result.seed}.", markup=False)


def _table(checks: list[Check]) -> Table:
    table = Table("checked", "expected", "found", "came again", "differences")
    for column in table.columns[1:]:
        column.justify = "right"
    for check in checks:
        numbers = (check.expected, check.found, check.again, len(check.differences))
        table.add_row(check.name, *(f"{number:,}" for number in numbers))
    return table


def _show_differences(name: str, differences: list[str], console: Console) -> None:
    if differences:
        console.print(f"\n{name}: {len(differences):,} differences", markup=False)
    for difference in differences[:MOST_SHOWN]:
        console.print(f"  {difference}", markup=False, soft_wrap=True)
    if len(differences) > MOST_SHOWN:
        console.print(f"  ... and {len(differences) - MOST_SHOWN:,} more", markup=False)
