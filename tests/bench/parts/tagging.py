"""What tagging costs, with the whole catalogue, on one core."""

import msgspec

from tests.bench.arena import Arena, environment
from tests.bench.contestant import Contestant, started
from tests.bench.material import Material
from tests.bench.results import Part, Row, Table, say
from tests.bench.stats import spread

TAGGING = Contestant("tagging", "tests.bench.programs.tagging")
WITHIN = 300.0
STEPS = {
    "bring text into its matching form": ("normalise",),
    "run the automaton": ("automaton",),
    "look at words, guards and phrases": ("find", "automaton"),
    "zones, surnames and mentions": ("read", "find", "normalise"),
    "scores of actors and topics": ("tag", "read"),
}
"""The steps, each as what was measured less what comes before it."""


class _Report(msgspec.Struct):
    articles: int
    characters: int
    spent: dict[str, float]


def measure(arena: Arena, material: Material, articles: int, rounds: int) -> Part:
    """Return what tagging costs 1,000 characters."""
    say("tagging by itself")
    reports = [_once(arena, material, articles) for _ in range(rounds)]
    rows: list[Row] = [
        {"step": step, "CPU µs/1,000 characters": spread([_each(report, *names) for report in reports])}
        for step, names in STEPS.items()
    ]
    whole = spread([_each(report, "tag") for report in reports])
    one = reports[0]
    notes = [
        f"{one.articles:,} articles of {one.characters / one.articles:,.0f} characters in the mean, without servers;",
        "the mean over all their characters, with the catalogue that comes with Marsad; in batches of 500, whose",
        "articles are tagged language by language, as the worker does.",
    ]
    rows.append({"step": "all", "CPU µs/1,000 characters": whole})
    return Part("tagging", [Table("Tagging", rows, notes)], {"tag_us": whole.median})


def _once(arena: Arena, material: Material, articles: int) -> _Report:
    path, texts = arena.folder / "tagging.json", arena.folder / "tagging.jsonl"
    path.unlink(missing_ok=True)
    texts.write_bytes(b"\n".join(material.messages[:articles]))
    with arena.run() as settings:
        extra = environment(settings, BENCH_REPORT=path, BENCH_TEXTS=texts)
        with started(TAGGING, extra, arena.folder) as running:
            running.wait(path.exists, WITHIN, "tagging was measured")
    return msgspec.json.decode(path.read_bytes(), type=_Report)


def _each(report: _Report, name: str, *before: str) -> float:
    """Return CPU microseconds of a step, less those before it, for 1,000 characters."""
    seconds = report.spent[name] - sum(report.spent[step] for step in before)
    return seconds / report.characters * 1e9
