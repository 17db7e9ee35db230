"""The benchmark's results as tables for people."""

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table as RichTable

from tests.bench.figures import BOUNDS, verdict
from tests.bench.results import Cell, Results, Row, Table
from tests.bench.stats import Spread

WIDTH = 120


def show(results: Results) -> None:
    """Print everything."""
    console = Console(width=WIDTH, highlight=False)
    for name, value in results.about.items():
        console.print(f"{name + ':':<14}{value}", soft_wrap=True)
    for table in (table for part in results.parts for table in part.tables):
        console.print(as_table(table))
        for note in table.notes:
            console.print(note, style="dim")
    console.print(as_table(Table("Must reach", must_reach(results.figures))))


def must_reach(figures: Mapping[str, float | None]) -> list[Row]:
    """Return every figure beside its bound."""
    return [
        {
            "figure": name,
            "what": bound.what,
            "measured": "-" if (value := figures.get(name)) is None else value,
            "bound": f"{bound.sense} {bound.limit:g} {bound.unit}".strip(),
            "": verdict(name, figures.get(name)),
        }
        for name, bound in BOUNDS.items()
    ]


def as_table(table: Table) -> RichTable:
    """Return a table as rich prints it; columns are those of all its rows."""
    columns = list(dict.fromkeys(name for row in table.rows for name in row))
    shown = RichTable(title=f"\n{table.title}", title_justify="left", title_style="bold")
    for name in columns:
        shown.add_column(name, justify="left" if isinstance(table.rows[0].get(name), str) else "right")
    for row in table.rows:
        shown.add_row(*(as_text(row.get(name, "")) for name in columns))
    return shown


def as_text(cell: Cell) -> str:
    """Return a cell as it is read: a spread as its median with the range, when that is more than one round."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Spread):
        if cell.least == cell.most:
            return _number(cell.median)
        return f"{_number(cell.median)} ({_number(cell.least)}-{_number(cell.most)})"
    return _number(cell)


def _number(value: float) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
