"""More rules, more aliases: what they cost Marsad's worker."""

from collections.abc import Callable, Sequence

from tests.bench.arena import Arena
from tests.bench.figures import Figures
from tests.bench.full_job import MARSAD, Run, full_job
from tests.bench.material import Material
from tests.bench.outcome import check
from tests.bench.parts.job import RULES, cpu_per_article, row
from tests.bench.results import Part, Row, Table, say
from tests.bench.stats import ratio

Runs = dict[int, list[Run]]


def measure_rules(arena: Arena, material: Material, articles: int, sizes: Sequence[int], rounds: int) -> Part:
    """Return what the number of rules costs; every set must raise the same alerts."""

    def once(size: int) -> Run:
        rules = material.rule_file(arena.folder, size)
        return full_job(arena, MARSAD, material.messages[:articles], material.corpus.begun, rules=rules)

    runs = _rounds("rules", sizes, rounds, once)
    first = runs[sizes[0]][0].outcome
    for size, found in runs.items():
        for run in found:
            check(f"the worker with {size:,} rules", run.outcome, first, articles, commits=True)
    rows: list[Row] = [
        row(f"{size:,} rules", found)
        | {"decisions/1,000 articles": 1000 * (len(first.alerts) + found[0].outcome.held_back) / articles}
        for size, found in runs.items()
    ]
    notes = [
        "All sets hold the same ten rules that articles meet; the others watch actors that articles name,",
        "on a topic, but none is met: alerts and decisions are the same, which was checked.",
    ]
    return Part("rules", [Table("Rules", rows, notes)], _figure("rules_10k_vs_10", runs, 10, 10_000))


def measure_aliases(arena: Arena, material: Material, articles: int, sizes: Sequence[int], rounds: int) -> Part:
    """Return what the number of aliases costs."""
    rules = material.rule_file(arena.folder, RULES)

    def once(size: int) -> Run:
        catalogue = material.catalogue_folder(arena.folder, size)
        messages = material.messages[:articles]
        run = full_job(arena, MARSAD, messages, material.corpus.begun, rules=rules, catalogue_base=catalogue)
        check(f"the worker with {size:,} aliases", run.outcome, None, articles, commits=True)
        return run

    runs = _rounds("aliases", sizes, rounds, once)
    rows: list[Row] = [
        row(f"{size:,} aliases", found) | {"actors/article": found[0].outcome.actors_tagged / articles}
        for size, found in runs.items()
    ]
    notes = ["The smaller sets hold the aliases that articles use most; made-up names extend the largest."]
    return Part("aliases", [Table("Aliases", rows, notes)], _figure("aliases_100k_vs_1k", runs, 1_000, 100_000))


def _rounds(what: str, sizes: Sequence[int], rounds: int, once: Callable[[int], Run]) -> Runs:
    runs: Runs = {size: [] for size in sizes}
    for number in range(rounds):
        for size in sizes:
            say(f"{what}, round {number + 1} of {rounds}: {size:,}")
            runs[size].append(once(size))
    return runs


def _figure(name: str, runs: Runs, small: int, large: int) -> Figures:
    return {name: ratio(cpu_per_article(runs[small]), cpu_per_article(runs[large]))}
