"""What each step of the full job costs."""

import msgspec

from streams.topics import KafkaTopics
from tests.bench.arena import Arena, environment
from tests.bench.contestant import Contestant, started
from tests.bench.material import Material
from tests.bench.parts.job import RULES
from tests.bench.results import Part, Row, Table, say

STEPS = Contestant("the steps", "tests.bench.programs.steps")
WITHIN = 300.0


class _Report(msgspec.Struct):
    articles: int
    spent: dict[str, tuple[float, float]]


def measure(arena: Arena, material: Material, articles: int) -> Part:
    """Return what each step costs an article."""
    say("the cost of each step")
    found = _once(arena, material, articles)
    rows: list[Row] = [_row(step, found.articles, *spent) for step, spent in found.spent.items()]
    cpu, wall = (sum(spent[n] for spent in found.spent.values()) for n in (0, 1))
    notes = [
        f"{found.articles:,} articles in batches against real Redis and Kafka, one step after the other;",
        "publish is tagged articles and alerts. What wall time has beyond CPU is waiting for Redis or Kafka.",
    ]
    return Part("steps", [Table("The steps", [*rows, _row("all", found.articles, cpu, wall)], notes)])


def _once(arena: Arena, material: Material, articles: int) -> _Report:
    path = arena.folder / "steps.json"
    with arena.run(rules=material.rule_file(arena.folder, RULES)) as settings:
        arena.fill(KafkaTopics.of(settings).articles, material.messages[:articles])
        with started(STEPS, environment(settings, BENCH_COUNT=articles, BENCH_REPORT=path), arena.folder) as running:
            running.wait(path.exists, WITHIN, "the steps were measured")
    return msgspec.json.decode(path.read_bytes(), type=_Report)


def _row(step: str, articles: int, cpu: float, wall: float) -> Row:
    return {"step": step, "CPU µs/article": cpu / articles * 1e6, "wall µs/article": wall / articles * 1e6}
