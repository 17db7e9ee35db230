"""Doing nothing: how fast articles can be read at all."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import uuid4

import msgspec

from streams.settings import Settings
from streams.topics import KafkaTopics
from tests.bench.arena import PARTITIONS, Arena, environment
from tests.bench.contestant import Contestant, Stretch, started
from tests.bench.corpus import Corpus
from tests.bench.results import Part, Row, Table, say
from tests.bench.stats import BenchError, ratio, spread

LIBRDKAFKA = Contestant("bare librdkafka loop", "tests.bench.programs.noop_librdkafka")
AIOKAFKA = Contestant("bare aiokafka loop", "tests.bench.programs.noop_aiokafka")
FAUST = Contestant("stock Faust agent", "tests.bench.programs.noop_faust", commits=False)
MARSAD = Contestant("Marsad's batch agent", "tests.bench.programs.noop_marsad")
CONTESTANTS = (LIBRDKAFKA, AIOKAFKA, FAUST, MARSAD)

FAUST_SHARE = 10
"""Stock Faust is measured on one article of so many: it takes that much longer for each."""
WITHIN = 120.0


class _Report(msgspec.Struct):
    articles: int
    seconds: float
    cpu: float


def measure(arena: Arena, corpus: Corpus, rounds: int) -> Part:
    """Return how fast each contestant reads."""
    took: dict[str, list[Stretch]] = {}
    for who, stretch in _rounds(arena, corpus.messages(), rounds):
        took.setdefault(who.name, []).append(stretch)
    rows: list[Row] = [
        {
            "contestant": name,
            "articles/s": spread([s.rate for s in found]),
            "CPU µs/article": spread([s.cpu_us for s in found]),
        }
        for name, found in took.items()
    ]
    rates = {name: spread([s.rate for s in found]).median for name, found in took.items()}
    figures = {
        "noop_vs_aiokafka": ratio(rates[MARSAD.name], rates[AIOKAFKA.name]),
        "noop_vs_faust": ratio(rates[MARSAD.name], rates[FAUST.name]),
    }
    size = len(corpus.articles)
    notes = [
        f"{size:,} articles on {PARTITIONS} partitions, uncompressed; stock Faust reads {size // FAUST_SHARE:,}",
    ]
    return Part("noop", [Table("Doing nothing", rows, notes)], figures)


def _rounds(arena: Arena, messages: Sequence[bytes], rounds: int) -> Iterator[tuple[Contestant, Stretch]]:
    with arena.run() as settings:
        arena.fill(KafkaTopics.of(settings).articles, messages, "none")  # unpacking would hide what is compared
        for number in range(rounds):
            for who in CONTESTANTS:
                say(f"doing nothing, round {number + 1} of {rounds}: {who.name}")
                yield who, _once(arena, settings, who, len(messages))


def _once(arena: Arena, settings: Settings, who: Contestant, articles: int) -> Stretch:
    group = settings.model_copy(update={"group": f"g{uuid4().hex[:8]}"})
    wanted = articles // FAUST_SHARE if who is FAUST else articles
    path = arena.folder / f"{group.group}.json"
    with started(who, environment(group, BENCH_COUNT=wanted, BENCH_REPORT=path), arena.folder) as running:
        running.wait(path.exists, WITHIN, "everything was read")
    committed = arena.committed(group.group, KafkaTopics.of(settings).articles)
    if who.commits and committed != articles:
        message = f"{who.name} has committed {committed} of {articles} articles"
        raise BenchError(message)
    return _stretch(path)


def _stretch(path: Path) -> Stretch:
    found = msgspec.json.decode(path.read_bytes(), type=_Report)
    return Stretch(found.articles, found.seconds, found.cpu, 0)
