"""What the benchmark counts with and makes its inputs of; the measuring itself is `make bench`."""

import gzip
import json
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from alerts.rules import read_rules
from processors.compiled import CompiledCatalogue
from processors.counts import Counts
from processors.durations import HOUR
from processors.tagging import Tagger
from streams.codec import decode
from tests.bench.aliases import make_catalogue, size_of, write_catalogue
from tests.bench.contestant import Sample, stretch
from tests.bench.corpus import CORPORA, SPAN, load_corpus
from tests.bench.figures import BOUNDS, missed, verdict
from tests.bench.outcome import Outcome, check
from tests.bench.report import as_text, must_reach
from tests.bench.rules import MET_RULES, make_rules, write_rules
from tests.bench.stats import BenchError, Spread, percentile, ratio, spread
from tests.makers import NOON, make_article

REQUIRED = {
    "noop_vs_aiokafka": ("at least", 0.8),
    "noop_vs_faust": ("at least", 10),
    "job_vs_limit": ("at least", 0.85),
    "job_vs_quix": ("at least", 0.95),
    "job_vs_bytewax": ("at least", 0.95),
    "rules_10k_vs_10": ("at least", 0.9),
    "aliases_100k_vs_1k": ("at least", 0.75),
    "latency_p99_ms": ("below", 100),
    "latency_vs_limit": ("below", 3),
    "tag_us": ("below", 120),
    "worker_mb": ("below", 400),
}
"""What is asked for, by the names that `bench.json` must have."""
TEXTS = [
    "Russia and North Korea agreed on military cooperation.",
    "Iran and the United States resumed nuclear talks with envoys.",
    "France and Germany signed a trade agreement on tariffs.",
    "China and India held joint military exercises.",
]


def test_every_figure_has_the_bound_that_was_asked_for() -> None:
    assert {name: (bound.sense, bound.limit) for name, bound in BOUNDS.items()} == REQUIRED
    assert [row["figure"] for row in must_reach({})] == list(REQUIRED)


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        pytest.param("noop_vs_faust", 10.0, "met", id="as much as asked"),
        pytest.param("noop_vs_faust", 9.9, "MISSED", id="less than asked"),
        pytest.param("latency_p99_ms", 100.0, "MISSED", id="not below"),
        pytest.param("latency_p99_ms", 99.0, "met", id="below"),
        pytest.param("job_vs_bytewax", None, "not measured", id="not measured"),
    ],
)
def test_a_figure_is_shown_with_how_it_stands_to_its_bound(name: str, value: float | None, found: str) -> None:
    assert verdict(name, value) == found
    assert missed({name: value}) == ([name] if found == "MISSED" else [])


def test_rounds_are_shown_as_their_median_and_range() -> None:
    assert spread([3.0, 1.0, 2.0]) == Spread(2.0, 1.0, 3.0)
    assert as_text(spread([3000.0, 1000.0, 2000.0])) == "2,000 (1,000-3,000)"
    assert as_text(spread([2.0])) == "2.00"
    with pytest.raises(BenchError, match="nothing was measured"):
        spread([])


def test_a_percentile_is_one_of_the_values() -> None:
    values = [float(n) for n in range(100, 0, -1)]
    assert (percentile(values, 0.5), percentile(values, 0.99), percentile([7.0], 0.99)) == (50.0, 99.0, 7.0)


def test_nothing_is_compared_with_nothing() -> None:
    assert ratio(3.0, 2.0) == 1.5
    with pytest.raises(BenchError, match="measure more articles"):
        ratio(1.0, 0.0)


def test_a_stretch_ends_when_the_last_work_shows() -> None:
    begin = Sample(10.0, 1.0, 50, (0, 0))
    samples = [Sample(11.0, 1.5, 60, (5, 0)), Sample(12.0, 2.0, 70, (8, 1)), Sample(13.0, 2.1, 70, (8, 1))]
    took = stretch(begin, samples, 8)
    assert (took.seconds, took.cpu, took.memory, took.rate) == (2.0, 1.0, 70, 4.0)


def outcome(**changed: object) -> Outcome:
    done = Outcome(
        tagged=frozenset({b"a", b"b"}),
        records=2,
        alerts=frozenset({"x"}),
        held_back=0,
        counts={"actor:state/RU": Counts(2, 2, 1)},
        committed=2,
    )
    return msgspec.structs.replace(done, **changed)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({"tagged": frozenset({b"a"}), "records": 1}, "1 tagged records of 1 articles, not 2", id="tagged"),
        pytest.param({"records": 3}, "3 tagged records of 2 articles, not 2", id="tagged twice"),
        pytest.param({"committed": 1}, "1 of 2 articles committed", id="committed"),
        pytest.param({"alerts": frozenset({"y"})}, "1 alerts are missing and 1 are there that nobody", id="alerts"),
        pytest.param({"counts": {}}, "1 counts differ, actor:state/RU among them: None, not Counts", id="counts"),
    ],
)
def test_a_contestant_that_leaves_work_out_is_found_out(changed: dict[str, object], said: str) -> None:
    check("it", outcome(), outcome(), 2, commits=True)
    with pytest.raises(BenchError, match=f"it did not do the whole job: .*{said}"):
        check("it", outcome(**changed), outcome(), 2, commits=True)


def corpus_folder(folder: Path) -> Path:
    rows: dict[str, list[dict[str, str | None]]] = {
        CORPORA[0]: [{"title": "one", "body": "", "lang": "ar"}, {"title": "", "body": None}, {"title": "three"}],
        CORPORA[1]: [{"title": None, "body": "two", "url": "https://example.org/2", "source": "s"}],
    }
    for name, lines in rows.items():
        with gzip.open(folder / name, "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
    return folder


def test_articles_come_in_turn_from_the_files_that_are_there(tmp_path: Path) -> None:
    corpus = load_corpus(5, NOON, corpus_folder(tmp_path))
    assert [(a.title, a.body) for a in corpus.articles] == [
        ("one", ""), ("", "two"), ("three", ""), ("one (1)", " (1)"), (" (1)", "two (1)"),
    ]  # fmt: skip
    assert corpus.origin == " and ".join(CORPORA)
    assert corpus == load_corpus(5, NOON, tmp_path)


def test_without_a_corpus_the_samples_serve_each_time_with_another_text(tmp_path: Path) -> None:
    corpus = load_corpus(300, NOON, tmp_path)
    read = [decode(message, NOON, 1 << 20) for message in corpus.messages()]
    assert corpus.origin == "the project's sample articles"
    assert len({article.id for article in read}) == 300
    assert not {article.version for article in read[:150]} & {article.version for article in read[150:]}
    assert all(NOON - SPAN - HOUR < article.published_at < NOON for article in read)


def test_rules_of_every_number_begin_alike_and_only_the_first_ten_are_met(tagger: Tagger, tmp_path: Path) -> None:
    tagged = [tagger.tag(make_article(id=str(n), body=text)) for n, text in enumerate(TEXTS)]
    topics = [*tagger.catalogue.topics]
    many = make_rules(tagged, topics, 60)
    assert len(many) == 60
    assert many == make_rules(tagged, topics, 60)
    assert many[:20] == make_rules(tagged, topics, 20)
    loaded = read_rules([write_rules(tmp_path / "rules.yaml", many)], tagger).index
    met = {fit.rule.id for article in tagged for fit in loaded.fits(article)}
    assert met == {rule.id for rule in many if rule.id.startswith("met-")}
    assert 0 < len(met) <= MET_RULES
    assert {rule.cooldown for rule in loaded.rules} == {0.0}


@pytest.mark.parametrize("size", [1_000, 90_000], ids=["cut down", "extended"])
def test_a_catalogue_of_any_number_of_aliases_can_be_loaded(tagger: Tagger, tmp_path: Path, size: int) -> None:
    entries, often = tagger.compiled.entries, Counter({("state/RU", "ru"): 5, ("state/RU", "en"): 4})
    made = make_catalogue(entries, size, often)
    assert size_of(made) == size
    assert made == make_catalogue(entries, size, often)
    folder = write_catalogue(tmp_path / "catalogue", made, entries)
    loaded = Tagger(CompiledCatalogue([folder], tmp_path / "compiled"))
    assert loaded.catalogue.topics == tagger.catalogue.topics
    assert loaded.tag(make_article(body="Россия", lang="ru")).actor_ids == {"state/RU"}
    assert loaded.tag(make_article(body="Russia")).actor_ids == {"state/RU"}


def test_made_up_aliases_are_many_and_each_belongs_to_one_actor(tagger: Tagger) -> None:
    entries = tagger.compiled.entries
    made = make_catalogue(entries, 120_000, Counter())[len(entries.actors) :]
    forms = [form.casefold() for actor in made for forms in actor["name"].values() for form in forms]
    assert len(forms) == len(set(forms)) > 10_000
    assert msgspec.json.encode([actor["id"] for actor in made]).isascii()
