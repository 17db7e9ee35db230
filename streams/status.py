"""The state of the whole group: what its workers say, what Kafka says of their partitions, and what is wrong."""

from collections.abc import Mapping, Sequence

import msgspec

from processors.durations import format_duration
from streams.group import Seen

STANDING = 60.0
"""Articles that wait while their worker has done no batch for so long, in seconds, are a problem."""


class PartitionStatus(msgspec.Struct, frozen=True):
    """How many articles of a partition wait, and whose it is."""

    partition: int
    lag: int
    worker: str | None


class LastAlert(msgspec.Struct, frozen=True):
    """The newest alert on Kafka; `detected` is in UTC seconds."""

    id: str
    rule: str
    severity: str
    summary: str
    detected: float


class Status(msgspec.Struct, frozen=True):
    """The whole group."""

    ok: bool
    problems: list[str]
    workers: list[Seen]
    partitions: list[PartitionStatus]
    last_alert: LastAlert | None


def status_of(
    workers: Sequence[Seen],
    lag: Mapping[int, int],
    last_alert: LastAlert | None,
    unreachable: Sequence[str],
    now: float,
) -> Status:
    """Put together what was found; `unreachable` says which servers did not answer, and why."""
    owners = {int(number): seen for seen in workers if not seen.lost for number in seen.worker.lag}
    partitions = [
        PartitionStatus(number, behind, owners[number].worker.id if number in owners else None)
        for number, behind in sorted(lag.items())
    ]
    problems = [*unreachable]
    if not any(text.startswith("Redis") for text in unreachable):
        problems += [*_of_workers(workers), *_of_partitions(partitions, owners, now)]
    return Status(not problems, problems, [*workers], partitions, last_alert)


def _of_workers(workers: Sequence[Seen]) -> list[str]:
    there = [seen.worker for seen in workers if not seen.lost]
    problems = [
        f"worker {seen.worker.id} has not been heard of for {format_duration(seen.ago)}"
        for seen in workers
        if seen.lost
    ]
    problems += [f"worker {worker.id} is not ready: {problem}" for worker in there for problem in worker.problems]
    problems += [
        f"worker {worker.id} refuses changed rules for {len(worker.refused)} problems; `marsad rules status` lists them"
        for worker in there
        if worker.refused
    ]
    if not there:
        problems.append("no worker runs; start one with `marsad worker`")
    revisions = {worker.revision for worker in there if worker.revision}
    if len(revisions) > 1:
        problems.append(f"the workers judge by different rules: revisions {', '.join(sorted(revisions))}")
    return problems


def _of_partitions(partitions: Sequence[PartitionStatus], owners: Mapping[int, Seen], now: float) -> list[str]:
    problems = []
    for one in partitions:
        owner = owners.get(one.partition)
        if owner is None:
            problems.append(f"no worker has partition {one.partition}, where {one.lag} articles wait")
        elif one.lag and now - (owner.worker.last_batch or owner.worker.started) > STANDING:
            problems.append(
                f"{one.lag} articles wait in partition {one.partition}, and worker {owner.worker.id} has done none "
                f"for {format_duration(int(now - (owner.worker.last_batch or owner.worker.started)))}"
            )
    return problems
