"""`marsad tag`, `marsad explain tag` and `marsad catalogue`, as a person calls them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from streams.cli import main
from tests.makers import wire


def run(*arguments: str, given: bytes | str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=given)


def test_articles_are_answered_in_order_as_lines_of_json() -> None:
    lines = [wire(id=f"a{n}", lang="en", body=f"Report {n}: Russia and Iran met.") for n in range(3)]
    done = run("tag", "--json", "-", given=b"\n".join(lines))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a0", "a1", "a2"]
    assert answers[0]["mentions"][0] == {
        "field": "body", "start": 10, "end": 16, "text": "Russia", "id": "state/RU", "how": "name", "zone": "body",
    }  # fmt: skip
    assert answers[0]["actors"] == [
        {"id": "state/IR", "score": 0.333, "states": []},
        {"id": "state/RU", "score": 0.333, "states": []},
    ]


def test_a_text_is_shown_with_its_tags(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("Talks in the Gulf\n\nIranian and Saudi ministers met in Baghdad.", "utf-8")
    done = run("tag", "--lang", "en", str(path))
    assert "Talks in the Gulf" in done.stdout
    assert "actors: Iraq 0.33, Iran 0.33, Saudi Arabia 0.33" in done.stdout
    assert "marked: demonym capital" in " ".join(done.stdout.split())


def test_the_language_may_be_given(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("Mali tablolar", "utf-8")
    answer = json.loads(run("tag", "--json", "--lang", "tr", str(path)).stdout)
    assert (answer["lang"], answer["actors"]) == ("tr", [])


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        pytest.param(b'{"body": "a"}\n{"body": 1}\n', "standard input:2: wrong_type", id="a wrong type"),
        pytest.param(b'{"body": "a"}\nnonsense\n', "standard input:2: not_json", id="no JSON"),
        pytest.param(b'{"id": "a"}\n', "standard input:1: no_text", id="no text"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(given: bytes, problem: str) -> None:
    done = run("tag", "--json", "-", given=given)
    assert done.exit_code == 1
    assert problem in done.stderr


def test_a_file_that_is_not_there_is_told() -> None:
    done = run("tag", "/nowhere.jsonl")
    assert (done.exit_code, done.stderr.strip()) == (1, "Error: /nowhere.jsonl: No such file or directory")


def test_it_is_explained_why_something_was_tagged_and_why_not() -> None:
    article = "MOSCOW, Sept 12 (Reuters) - Papua New Guinea signed a trade agreement; nobody ate turkey."
    told = run("explain", "tag", "-", "Russia", "Guinea", "Turkey", "Fiji", "trade", given=article).stdout.splitlines()
    assert "state/RU (Russia): tagged, score 0.0" in told
    assert "  + body 0-6 “MOSCOW”: capital, only in the dateline" in told
    assert any(line.startswith("  - body 38-44 “Guinea”: ") for line in told)
    assert "  - body 82-88 “turkey”: written without a capital" in told
    assert told[told.index("state/FJ (Fiji): not tagged") + 1] == "  - none of its aliases is in the article"
    assert any(line.startswith("trade: tagged") for line in told)


def test_all_of_an_article_is_explained_when_nothing_is_named() -> None:
    told = run("explain", "tag", "-", given="Russia and Iran signed a trade agreement.").stdout
    assert "state/RU (Russia): tagged" in told
    assert "trade: tagged" in told


def test_an_entry_is_shown_by_a_name_in_any_language() -> None:
    shown = run("catalogue", "show", "كوريا الشمالية", "--lang", "fr").stdout
    assert shown.startswith("id: state/KP\n")
    assert "Corée du Nord" in shown
    assert "كوريا" not in shown.partition("name:")[2]


def test_former_states_are_shown_by_their_names() -> None:
    assert "USSR: [" in run("catalogue", "show", "state/RU", "--lang", "en").stdout


def test_a_topic_is_shown_with_its_terms() -> None:
    assert "terms:" in run("catalogue", "show", "sanctions", "--lang", "en").stdout


def test_a_name_that_nobody_has_is_told_with_what_is_near() -> None:
    done = run("catalogue", "show", "Rusia y media")
    assert done.exit_code == 1
    assert "is not in the catalogue" in done.stderr


def test_ones_own_file_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("- {id: org/mine, name: {en: [NATO]}}\n", "utf-8")
    done = run("catalogue", "check", str(path))
    assert done.exit_code == 1
    assert f"{path}:1" in done.stdout
    assert "NATO stands for" in done.stdout
