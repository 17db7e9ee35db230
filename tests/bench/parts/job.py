"""The full job: decode, tag, story, count, judge, publish with acks=all, commit."""

from collections.abc import Mapping, Sequence

from streams.settings import Settings
from tests.bench.arena import CODEC, Arena
from tests.bench.figures import Figures
from tests.bench.full_job import BYTEWAX, CONTESTANTS, LIMIT, MARSAD, QUIX, WARM_UP, Run, full_job
from tests.bench.material import Material
from tests.bench.outcome import check
from tests.bench.results import Part, Row, Table, say
from tests.bench.stats import ratio, spread

RULES = 100


def measure(arena: Arena, material: Material, articles: int, rounds: int) -> Part:
    """Return what each contestant takes for the full job; raise BenchError when one leaves work out."""
    rules, messages = material.rule_file(arena.folder, RULES), material.messages[:articles]
    present = [who for who in CONTESTANTS if not who.missing]
    took: dict[str, list[Run]] = {who.name: [] for who in present}
    for number in range(rounds):
        for who in present:
            say(f"full job, round {number + 1} of {rounds}: {who.name}")
            run = full_job(arena, who, messages, material.corpus.begun, rules=rules)
            first = took[present[0].name]
            check(who.name, run.outcome, first[0].outcome if first else None, articles, commits=who.commits)
            took[who.name].append(run)
    rows = [row(name, runs) for name, runs in took.items()]
    rows += [{"contestant": who.name, "CPU µs/article": who.missing} for who in CONTESTANTS if who.missing]
    return Part("job", [Table("The full job", rows, _notes(articles))], _figures(took))


def row(name: str, runs: Sequence[Run]) -> Row:
    """Return what some runs of the same took, as a row."""
    return {
        "contestant": name,
        "CPU µs/article": spread([run.stretch.cpu_us for run in runs]),
        "articles/s": spread([run.stretch.rate for run in runs]),
        "alerts/1,000 articles": 1000 * len(runs[0].outcome.alerts) / runs[0].outcome.records,
    }


def cpu_per_article(runs: Sequence[Run]) -> float:
    """Return the median of what an article took, in CPU microseconds."""
    return spread([run.stretch.cpu_us for run in runs]).median


def _figures(took: Mapping[str, Sequence[Run]]) -> Figures:
    others = {"job_vs_limit": LIMIT, "job_vs_quix": QUIX, "job_vs_bytewax": BYTEWAX}
    marsad = cpu_per_article(took[MARSAD.name])
    return {
        figure: ratio(cpu_per_article(took[who.name]), marsad) for figure, who in others.items() if who.name in took
    }


def _notes(articles: int) -> list[str]:
    size = Settings().batch_max
    return [
        f"Decode, tag, story, count, judge {RULES} rules, publish with acks=all, commit; {CODEC}, batches of {size};",
        f"{articles - WARM_UP:,} articles after {WARM_UP} to warm up, start-up not counted.",
        "CPU is the contestant's process alone. All tagged, counted and alerted the same, which was checked.",
    ]
