"""What a backtest found, for a terminal."""

from collections.abc import Sequence
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from streams.backtest import RuleReport
from streams.show import isolated


def show_reports(reports: Sequence[RuleReport], days: int, console: Console | None = None) -> None:
    """Print a line for each rule, then the groups and examples of those that would have said something."""
    out = console or Console(highlight=False)
    table = Table(title=f"Alerts of {days} days with articles", title_justify="left")
    for title in ("rule", "alerts", "a day", "most on a day", "held back"):
        table.add_column(title, overflow="fold")
    for report in reports:
        busiest = max(report.days.items(), key=lambda item: item[1], default=None)
        table.add_row(
            report.rule,
            str(report.alerts),
            f"{report.alerts / max(1, days):.1f}",
            f"{busiest[1]} on {busiest[0]}" if busiest else "",
            ", ".join(f"{number} {reason}" for reason, number in report.held_back.items()),
        )
    out.print(table)
    for report in reports:
        if report.alerts:
            groups = ", ".join(f"{isolated(group)} {number}" for group, number in report.groups.items())
            out.print(f"{report.rule}: {groups}", markup=False)
            for example in report.examples:
                when = datetime.fromtimestamp(example.time, UTC).strftime("%Y-%m-%d %H:%M")
                out.print(f"  {when}  {isolated(example.summary)}", markup=False)
