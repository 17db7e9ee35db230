"""Rules for tests."""

from pathlib import Path
from textwrap import dedent

from alerts.rules import RuleIndex, read_rules
from processors.tagging import Tagger


def rules_of(folder: Path, tagger: Tagger, *rules: str) -> RuleIndex:
    """Return the rules that are written below `rules:`, one a string."""
    path = folder / "rules.yaml"
    entries = ["- " + dedent(rule).strip().replace("\n", "\n  ") for rule in rules]
    path.write_text("\n".join(["rules:", *entries, ""]), "utf-8")
    return read_rules([path], tagger).index
