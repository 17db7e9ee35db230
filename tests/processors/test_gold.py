"""Short reports in every language of the catalogue, tagged as a careful reader would."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from processors.languages import LANGUAGES
from processors.tagging import Tagger
from tests.makers import make_article

REPORTS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parents[1] / "data" / "gold.yaml").read_text("utf-8"))


def test_every_language_has_a_report() -> None:
    assert {report["lang"] for report in REPORTS} == {*LANGUAGES}


@pytest.mark.parametrize("report", REPORTS, ids=[report["lang"] for report in REPORTS])
def test_a_report_is_tagged_with_its_states_actors_and_topics(report: dict[str, Any], tagger: Tagger) -> None:
    tagged = tagger.tag(make_article(title=report["title"], body=report["body"], lang=report["lang"]))
    states = {name.removeprefix("state/") for name in tagged.actor_ids if name.startswith("state/")}
    assert states == {*report["states"]}
    assert tagged.actor_ids >= {*report["actors"]}
    assert tagged.topic_ids >= {*report["topics"]}
