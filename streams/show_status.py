"""The state of the group for a terminal."""

from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from processors.durations import format_duration
from streams.group import Seen
from streams.show import isolated
from streams.status import Status


def show(status: Status, now: float, console: Console | None = None) -> None:
    """Print it: workers, partitions, the last alert, and what is wrong."""
    out = console or Console(highlight=False)
    out.print(_workers(status, now) if status.workers else "No worker has been heard of.")
    if status.partitions:
        out.print(_partitions(status))
    out.print(_last_alert(status, now), markup=False)
    for problem in status.problems:
        out.print(f"wrong: {problem}", style="red", markup=False)
    if status.ok:
        out.print("All is well.")


def _workers(status: Status, now: float) -> Table:
    table = Table(title="Workers", title_justify="left")
    for title in ("worker", "version", "runs for", "partitions", "lag", "rules", "last batch", "state"):
        table.add_column(title, overflow="fold")
    for seen in status.workers:
        worker = seen.worker
        table.add_row(
            worker.id,
            worker.version,
            _ago(now - worker.started),
            ", ".join(worker.lag) or "none, stands by",
            str(sum(behind for behind in worker.lag.values() if behind > 0)),
            f"{worker.rules} at {worker.revision}",
            f"{_ago(now - worker.last_batch)} ago" if worker.last_batch else "none yet",
            _state(seen),
        )
    return table


def _state(seen: Seen) -> str:
    if seen.lost:
        return f"lost, silent for {format_duration(seen.ago)}"
    return "not ready" if seen.worker.problems else "ready"


def _partitions(status: Status) -> Table:
    table = Table(title="Articles that wait", title_justify="left")
    table.add_column("partition", justify="right")
    table.add_column("lag", justify="right")
    table.add_column("worker", overflow="fold")
    for one in status.partitions:
        table.add_row(str(one.partition), f"{one.lag:,}", one.worker or "none")
    return table


def _last_alert(status: Status, now: float) -> str:
    last = status.last_alert
    if last is None:
        return "No alert yet."
    when = datetime.fromtimestamp(last.detected, UTC).strftime("%Y-%m-%d %H:%M UTC")
    return (
        f"Last alert: {when}, {_ago(now - last.detected)} ago, {last.severity}, {last.rule}: {isolated(last.summary)}"
    )


def _ago(seconds: float) -> str:
    whole = max(0, int(seconds))
    for size, unit in ((86400, "d"), (3600, "h"), (60, "m")):
        if whole >= 2 * size:
            return f"{whole // size}{unit}"
    return f"{whole}s"
