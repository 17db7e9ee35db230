"""`marsad rules backtest`: what rules would have said, on files and on a real Kafka."""

import gzip
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result

from processors.counts import ToCount
from processors.tagging import Tagger
from streams.cli import main
from streams.records import tagged_record
from streams.settings import Settings
from tests.bus import Bus
from tests.makers import ABOUT_BOTH, make_article, wire
from tests.workers import environment

RULES = """
rules:
- {id: both, pair: [Russia, North Korea], cooldown: 6h, summary: $title}
- {id: other, pair: [Chile, Peru]}
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.yaml"
    path.write_text(RULES, "utf-8")
    return path


def reports(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    return {report["rule"]: report for report in json.loads(result.stdout)}


def news(number: int, hour: int, text: str) -> bytes:
    body = f"{ABOUT_BOTH} {text}"
    return wire(
        id=f"a{number}",
        title=f"Talks {number}",
        body=body,
        source=f"s{number}",
        published_at=f"2020-05-0{1 + hour // 24}T{hour % 24:02}:00:00Z",
    )


TOLD = [
    news(3, 25, "On the next day three trains with wheat crossed the long bridge over the river."),
    news(1, 1, "The first meeting lasted for two hours in a hall beside the harbour."),
    news(2, 3, "Later a second round was held by their deputies without any journalists."),
]


def test_articles_are_taken_in_the_order_of_their_times(tmp_path: Path, rules: Path) -> None:
    path = tmp_path / "old.jsonl.gz"
    path.write_bytes(gzip.compress(b"\n".join([*TOLD, TOLD[1]])))
    found = reports(CliRunner().invoke(main, ["rules", "backtest", str(path), "--rules", str(rules), "--json"]))
    assert found["both"]["alerts"] == 2
    assert found["both"]["days"] == {"2020-05-01": 1, "2020-05-02": 1}
    assert found["both"]["groups"] == {"state/KP+state/RU": 2}
    assert found["both"]["held_back"] == {"cooldown": 1}
    assert [example["summary"] for example in found["both"]["examples"]] == ["Talks 1", "Talks 3"]
    assert found["other"]["alerts"] == 0


def test_a_time_is_chosen_and_a_table_shown(tmp_path: Path, rules: Path) -> None:
    path = tmp_path / "old.jsonl"
    path.write_bytes(b"\n".join(TOLD))
    options = ["rules", "backtest", str(path), "--rules", str(rules), "--from", "2020-05-02"]
    shown = CliRunner().invoke(main, options).output
    assert "Alerts of 1 days with articles" in shown
    assert "Talks 3" in shown
    assert "Talks 1" not in shown


def test_an_absence_is_told_of_for_each_period_in_which_nothing_came(tmp_path: Path, rules: Path) -> None:
    # a1 01:00 ..12h.. | ..12h.. | ..12h.. | .. a3 00:30, 47.5 h after a1
    path = tmp_path / "old.jsonl"
    path.write_bytes(b"\n".join([TOLD[1], TOLD[0].replace(b"05-02T01:00:00Z", b"05-03T00:30:00Z")]))
    rules.write_text("rules: [{id: quiet, pair: [Russia, North Korea], absence: 12h}]")
    found = reports(CliRunner().invoke(main, ["rules", "backtest", str(path), "--rules", str(rules), "--json"]))
    assert found["quiet"]["days"] == {"2020-05-01": 1, "2020-05-02": 2}


def test_records_of_tagged_articles_will_do(tmp_path: Path, rules: Path, tagger: Tagger) -> None:
    path = tmp_path / "tagged.jsonl"
    record = tagged_record("tagged", ToCount(tagger.tag(make_article(title="A visit")), "s1"))
    path.write_bytes(record.value)
    found = reports(CliRunner().invoke(main, ["rules", "backtest", str(path), "--rules", str(rules), "--json"]))
    assert found["both"]["alerts"] == 1


def test_a_bad_line_is_told(tmp_path: Path, rules: Path) -> None:
    path = tmp_path / "old.jsonl"
    path.write_bytes(TOLD[0] + b"\nno article")
    result = CliRunner().invoke(main, ["rules", "backtest", str(path), "--rules", str(rules)])
    assert result.exit_code == 1
    assert f"{path}:2: not_json" in result.output


def test_what_is_on_kafka_is_replayed_and_nothing_committed(bus: Bus, rules: Path, settings: Settings) -> None:
    bus.put(*TOLD, b"no article")
    options = ["rules", "backtest", "--kafka", "--rules", str(rules), "--json"]
    assert reports(CliRunner().invoke(main, options, env=environment(settings)))["both"]["alerts"] == 2
    assert bus.lag() == 4
    assert bus.values(bus.topics.alerts) == []
    assert msgspec.json.decode(CliRunner().invoke(main, options, env=environment(settings)).stdout)
