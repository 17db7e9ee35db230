"""`marsad stories`, as a person calls it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from streams.cli import main
from tests.makers import wire

REPORT = " ".join(f"word{number}" for number in range(60))


def run(*arguments: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["stories", *arguments], input=given)


def lines(*bodies: str) -> bytes:
    return b"\n".join(
        wire(id=f"a{number}", lang="en", source=f"s{number}", title=f"Report {number}", body=body)
        for number, body in enumerate(bodies)
    )


def test_articles_are_answered_in_order_as_lines_of_json() -> None:
    done = run("--json", "-", given=lines(REPORT, "Another matter.", f"CITY - {REPORT.upper()}"))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a0", "a1", "a2"]
    assert answers[0]["story"] == answers[2]["story"] != answers[1]["story"]
    assert all(answer.keys() == {"id", "story"} for answer in answers)


def test_batches_are_of_one_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_BATCH_MAX", "1")
    done = run("--json", given=lines(REPORT, REPORT))
    assert len({json.loads(line)["story"] for line in done.stdout.splitlines()}) == 1


def test_the_window_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_STORY_WINDOW", "1h")
    texts = (REPORT, f"{REPORT} more")
    given = [
        wire(id=f"a{n}", lang="en", body=text, published_at=f"2026-01-01T0{2 * n}:00:00Z")
        for n, text in enumerate(texts)
    ]
    done = run("--json", given=b"\n".join(given))
    assert len({json.loads(line)["story"] for line in done.stdout.splitlines()}) == 2


def test_stories_of_several_articles_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(lines(REPORT, "Another matter.", REPORT))
    assert run(str(path)).stdout.splitlines() == [
        "Report 0  2 articles",
        "  a0  s0",
        "  a2  s2  Report 2",
        "3 articles, 2 stories",
    ]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        pytest.param(b'{"body": "a"}\nnonsense\n', "standard input:2: not_json", id="no JSON"),
        pytest.param(b'{"id": "a"}\n', "standard input:1: no_text", id="no text"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(given: bytes, problem: str) -> None:
    done = run("--json", "-", given=given)
    assert done.exit_code == 1
    assert problem in done.stderr


def test_a_window_that_is_too_small_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_STORY_WINDOW", "1s")
    done = run("--json", "-", given=b"")
    assert done.exit_code == 1
    assert "MARSAD_STORY_WINDOW" in done.stderr
