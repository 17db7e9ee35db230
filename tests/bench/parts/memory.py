"""How much memory the worker and Redis take."""

from tests.bench.arena import Arena
from tests.bench.full_job import MARSAD, WARM_UP, Run, full_job
from tests.bench.material import Material
from tests.bench.outcome import check
from tests.bench.results import Part, Row, Table, say

MANY_RULES = 10_000
MANY_ALIASES = 100_000
MB = 1e6


def measure(arena: Arena, material: Material, articles: int) -> Part:
    """Return the worker's peak with defaults and with much to know, and Redis's growth."""
    say("memory with defaults")
    plain = _run(arena, material, articles)
    say(f"memory with {MANY_RULES:,} rules and {MANY_ALIASES:,} aliases")
    rules, catalogue = (
        material.rule_file(arena.folder, MANY_RULES),
        material.catalogue_folder(arena.folder, MANY_ALIASES),
    )
    rich = _run(arena, material, articles, rules=rules, catalogue_base=catalogue)
    measured = articles - WARM_UP
    rows: list[Row] = [
        {"what": "worker with the starter rules and catalogue, peak", "MB": plain.stretch.memory / MB},
        {"what": f"worker, {MANY_RULES:,} rules and {MANY_ALIASES:,} aliases, peak", "MB": rich.stretch.memory / MB},
        {"what": "Redis, a million articles", "MB": plain.redis_bytes / measured * 1e6 / MB},
    ]
    notes = [
        f"After the full job; Redis's growth is scaled up from {measured:,} articles, copies of reports among them."
    ]
    return Part("memory", [Table("Memory", rows, notes)], {"worker_mb": rich.stretch.memory / MB})


def _run(arena: Arena, material: Material, articles: int, **changes: object) -> Run:
    run = full_job(arena, MARSAD, material.messages[:articles], material.corpus.begun, **changes)
    check("the worker", run.outcome, None, articles, commits=True)
    return run
