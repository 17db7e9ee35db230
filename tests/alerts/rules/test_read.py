"""Rule files, good and bad."""

from pathlib import Path

import pytest

from alerts.kinds.model import Absence, Match, New, Threshold
from alerts.rule import CountOf, GroupBy
from alerts.rules import Level, Limits, RuleFileError, read_rules
from alerts.severity import Severity
from processors.durations import DAY, HOUR
from processors.errors import ConfigError
from processors.tagging import Tagger
from processors.tags import TaggedArticle
from streams.settings import Settings
from streams.wiring import load_tagger
from tests.alerts.rules.makers import rules_of
from tests.makers import make_article

ROOT = Path(__file__).parents[3]
BAD = ROOT / "tests" / "data" / "rules"


def told(path: Path, tagger: Tagger, sample: list[TaggedArticle]) -> str:
    try:
        problems = [*read_rules([path], tagger, sample=sample).warnings]
    except RuleFileError as error:
        problems = error.problems
    return "\n".join(map(str, problems)).replace(f"{path.parent}/", "")


@pytest.mark.parametrize("path", sorted(BAD.glob("bad-*.yaml")), ids=lambda path: path.stem)
def test_a_bad_rule_file_is_told_with_every_problem(path: Path, tagger: Tagger, sample: list[TaggedArticle]) -> None:
    assert told(path, tagger, sample) == path.with_suffix(".txt").read_text("utf-8").strip()


@pytest.mark.parametrize("name", ["rules.yaml", "new-rules.yaml"])
def test_the_rules_that_come_with_marsad_are_without_problems(
    name: str, tagger: Tagger, sample: list[TaggedArticle]
) -> None:
    found = read_rules([ROOT / "seeds" / name], tagger, sample=sample)
    assert found.warnings == ()
    assert found.index.rules


def test_three_lines_are_enough(tagger: Tagger, tmp_path: Path) -> None:
    written = "id: moscow-pyongyang\npair: [روسيا, كوريا الشمالية]\ntopics: [military-cooperation, space-technology]"
    index = rules_of(tmp_path, tagger, written)
    (rule,), (compiled,) = index.rules, index.compiled
    assert (rule.kind, rule.group_by, rule.count) == (Match(), GroupBy.PAIR, CountOf.STORIES)
    assert (rule.severity, rule.cooldown, rule.max_age) == (Severity.MEDIUM, HOUR, None)
    assert {"military-cooperation", "joint-exercises", "space-technology", "satellites"} == compiled.shown


@pytest.mark.parametrize(
    ("flat", "full"),
    [
        pytest.param("pair: [Russia, China]", "match: {pair: [Russia, China]}", id="pair"),
        pytest.param("topics: [trade]", "match: {topics: {any: [trade]}}", id="a list of topics"),
        pytest.param("actors: Russia", "match: {actors: {any: [Russia]}}", id="one actor"),
        pytest.param(
            "pair: [Russia, China]\nthreshold: 3\nwindow: 2h",
            "match: {pair: [Russia, China]}\nwhen: {threshold: 3, window: 2h}",
            id="threshold",
        ),
        pytest.param("words: [drill, учения]", "match: {words: {drill: 1, учения: 1}}", id="words"),
        pytest.param("topics: [trade]\nlanguages: ar", "match: {languages: [ar]}\ntopics: [trade]", id="half and half"),
    ],
)
def test_a_flat_rule_is_the_same_as_in_full(flat: str, full: str, tagger: Tagger, tmp_path: Path) -> None:
    (one,) = rules_of(tmp_path, tagger, f"id: a\n{flat}").rules
    (other,) = rules_of(tmp_path, tagger, f"id: a\n{full}").rules
    assert one == other


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        pytest.param("severity: low", Match(), id="match"),
        pytest.param("threshold: 3", Threshold(threshold=3, window=DAY), id="threshold"),
        pytest.param("new: 7d", New(new=7 * DAY), id="new"),
        pytest.param("absence: 6h", Absence(absence=6 * HOUR, fewer_than=1), id="absence"),
    ],
)
def test_the_keys_tell_the_kind(written: str, kind: object, tagger: Tagger, tmp_path: Path) -> None:
    (rule,) = rules_of(tmp_path, tagger, f"id: a\npair: [Russia, China]\n{written}").rules
    assert rule.kind == kind


def test_an_absence_knows_its_groups(tagger: Tagger, tmp_path: Path) -> None:
    of_pairs, of_actors, of_rule = rules_of(
        tmp_path,
        tagger,
        "id: pairs\npairs_of: [Russia, China, Iran]\nabsence: 1d",
        "id: actors\nactors: [Russia, China]\ngroup_by: actor\nabsence: 1d",
        "id: rule\ntopics: [trade]\nabsence: 1d",
    ).rules
    assert of_pairs.groups == (("state/CN", "state/IR"), ("state/CN", "state/RU"), ("state/IR", "state/RU"))
    assert of_actors.groups == (("state/CN",), ("state/RU",))
    assert of_rule.groups == ((),)


@pytest.mark.parametrize(
    ("change", "state", "revision"),
    [
        pytest.param("pair: [China, Россия]", False, False, id="another spelling"),
        pytest.param("pair: [Russia, China]\ntopics: [trade]", True, True, id="another topic"),
        pytest.param("pair: [Russia, China]\ncount: articles", True, True, id="what is counted"),
        pytest.param("pair: [Russia, China]\ngroup_by: rule", True, True, id="groups"),
        pytest.param("pair: [Russia, China]\nthreshold: 2", True, True, id="time"),
        pytest.param("pair: [Russia, China]\nseverity: high", False, True, id="severity"),
        pytest.param("pair: [Russia, China]\nsummary: $title", False, True, id="summary"),
    ],
)
def test_a_changed_rule_has_another_revision_and_forgets_its_windows_when_it_must(
    change: str, *, state: bool, revision: bool, tagger: Tagger, tmp_path: Path
) -> None:
    (before,) = rules_of(tmp_path, tagger, "id: a\npair: [Russia, China]").rules
    (after,) = rules_of(tmp_path, tagger, f"id: a\n{change}").rules
    assert (before.state != after.state, before.revision != after.revision) == (state, revision)


def test_a_rule_that_is_not_enabled_is_checked_and_not_in_force(tagger: Tagger, tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(
        "rules:\n- {id: a, pair: [Russia, China], enabled: false}\n- {id: b, pair: [Russia, Iran]}\n", "utf-8"
    )
    found = read_rules([path], tagger)
    assert ([rule.id for rule in found.index.rules], found.disabled) == (["b"], ("a",))


def test_warnings_stop_nothing_but_come_with_the_errors(tagger: Tagger, tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    twice = "- {id: a, pair: [Russia, China]}\n- {id: b, pair: [Russia, China]}\n"
    path.write_text(f"rules:\n{twice}", "utf-8")
    assert [problem.level for problem in read_rules([path], tagger).warnings] == [Level.WARNING]
    path.write_text(f"rules:\n{twice}- {{id: c}}\n", "utf-8")
    with pytest.raises(RuleFileError) as caught:
        read_rules([path], tagger)
    assert [problem.level for problem in caught.value.problems] == [Level.ERROR, Level.WARNING]


def test_the_longest_window_is_what_is_remembered(tagger: Tagger, tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text("rules:\n- {id: a, pair: [Russia, China], threshold: 3, window: 2d}\n", "utf-8")
    assert read_rules([path], tagger, Limits(longest=2 * DAY)).index.rules
    with pytest.raises(RuleFileError, match="window: 2d is longer than Marsad remembers; write 24h or less"):
        read_rules([path], tagger, Limits(longest=DAY))


def test_a_folder_is_read_with_its_links_and_without_what_is_hidden(tagger: Tagger, tmp_path: Path) -> None:
    # as Kubernetes mounts a ConfigMap: rules.yaml -> ..data/rules.yaml, ..data -> ..2026_01_01
    folder, version = tmp_path / "rules", tmp_path / "rules" / "..2026_01_01"
    version.mkdir(parents=True)
    (version / "rules.yaml").write_text("rules:\n- {id: b, pair: [Russia, China]}\n", "utf-8")
    (folder / "..data").symlink_to(version.name)
    (folder / "rules.yaml").symlink_to(Path("..data") / "rules.yaml")
    (folder / "a.yml").write_text("- {id: a, pair: [Russia, Iran]}\n", "utf-8")
    (folder / ".hidden.yaml").write_text("nonsense", "utf-8")
    (folder / "README.md").write_text("nonsense", "utf-8")
    assert [rule.id for rule in read_rules([folder], tagger).index.rules] == ["a", "b"]


def test_an_id_is_taken_once_in_all_files(tagger: Tagger, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text("rules:\n- {id: a, pair: [Russia, China]}\n", "utf-8")
    with pytest.raises(RuleFileError) as caught:
        read_rules([tmp_path], tagger)
    there = tmp_path / "one.yaml"
    assert f"{tmp_path / 'two.yaml'}:2:8: rule a: there is one of this id already, at {there}:2; rename one" in str(
        caught.value
    )


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param(None, "cannot be read: No such file or directory", id="no file"),
        pytest.param(b"", "holds no rules", id="empty"),
        pytest.param(b"rules: []\n\xff", "this is no YAML", id="not UTF-8"),
        pytest.param(b"rules: {a: 1}", "rules: holds no list", id="no list"),
    ],
)
def test_a_file_without_rules_is_told(content: bytes | None, problem: str, tagger: Tagger, tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RuleFileError, match=problem):
        read_rules([path], tagger)


def test_an_empty_folder_is_told(tagger: Tagger, tmp_path: Path) -> None:
    with pytest.raises(RuleFileError, match="there are no rules"):
        read_rules([tmp_path], tagger)


def test_what_rules_have_in_common_is_written_once(tagger: Tagger, tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(
        "rules:\n- &desk {id: a, pair: [Russia, China], severity: high, owner: desk}\n"
        "- {<<: *desk, id: b, pair: [Russia, Iran]}\n",
        "utf-8",
    )
    assert [(rule.id, rule.owner) for rule in read_rules([path], tagger).index.rules] == [("a", "desk"), ("b", "desk")]


def test_rules_define_actors_and_topics_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(
        """\
actors:
  - {id: org/harbour-council, name: {en: [Harbour Council]}}
topics:
  - {id: port-strike, terms: {en: {1.0: [dock* ~ strike*]}}}
rules:
  - {id: strike, actors: [Harbour Council], topics: [port-strike]}
""",
        "utf-8",
    )
    (tmp_path / "home").mkdir()
    tagger = load_tagger(Settings(rules=path, home=tmp_path / "home"))
    index = read_rules([path], tagger).index
    tagged = tagger.tag(make_article(body="Dockers will strike, the Harbour Council fears."))
    assert [(fit.actors, fit.topics) for fit in index.fits(tagged)] == [(("org/harbour-council",), ("port-strike",))]


def test_a_definition_that_fits_no_other_is_told_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text("topics:\n  - {id: port-strike, parent: harbours}\nrules: []\n", "utf-8")
    with pytest.raises(ConfigError, match=f"{path}:2:5: topic port-strike is below harbours"):
        load_tagger(Settings(rules=path, home=tmp_path / "home"))
