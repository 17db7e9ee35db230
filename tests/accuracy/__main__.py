"""`make accuracy`: scores the tagger on annotated articles, where they lie beside the checkout."""

import argparse
import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

ROOT: Final = Path(__file__).parents[2]
SHARED: Final = ROOT.parent / "shared"
LARGE: Final = ("ar", "en", "es", "fr", "ru", "zh", "ko", "fa", "tr", "de")
MIDDLE: Final = ("it", "pt", "uk", "he", "hi", "ur", "pl")
SMALL: Final = ("cs", "bg", "sl")
BOUNDS: Final = {**dict.fromkeys(LARGE, 0.95), **dict.fromkeys(MIDDLE, 0.92), **dict.fromkeys(SMALL, 0.85)}
CAPITALS: Final = 0.92
NEWSWIRE: Final = {"precision": 0.97, "recall": 0.98}
DYADS: Final = 0.95
TOPICS: Final = {"precision": 0.87, "recall": 0.80}
TOPICS_EACH: Final = 0.7
"""The least F1 of topics in any language."""


def main() -> int:
    """Print the tables; return 1 when a bound is missed."""
    options = _options()
    data, tools = SHARED / "data", SHARED / "tools"
    if not data.is_dir() or not tools.is_dir():
        sys.stdout.write(f"There are no annotated articles in {data}: nothing to measure.\n")
        return 0
    tagger = f"{shlex.quote(sys.executable)} -m streams.cli tag --json -"
    sys.stderr.write("Tagging the annotated articles; about a minute ...\n")
    tags = json.loads(
        _run(tools / "score_tags.py", tagger, "--json", "--errors", str(options.errors or 0), "--data", str(data))
    )
    topics = json.loads(_run(tools / "score_topics.py", tagger, "--gold", str(data / "topics.jsonl")).splitlines()[-1])
    rows = [*_rows(tags, topics)]
    if options.json:
        sys.stdout.write(json.dumps({"tags": tags, "topics": topics}, ensure_ascii=False) + "\n")
    else:
        _print(rows, tags, topics)
    missed = [row for row in rows if not row["kept"]]
    sys.stderr.write(f"{len(rows) - len(missed)} of {len(rows)} bounds are kept.\n")
    return 1 if missed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make accuracy", description=__doc__)
    parser.add_argument("--errors", type=int, nargs="?", const=10, metavar="N", help="show the N commonest errors (10)")
    parser.add_argument("--json", action="store_true", help="print the scorers' figures as JSON")
    return parser.parse_args()


def _run(tool: Path, tagger: str, *arguments: str) -> str:
    command = [sys.executable, str(tool), "--tagger", tagger, *arguments]
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True).stdout


def _rows(tags: dict[str, Any], topics: dict[str, Any]) -> list[dict[str, Any]]:
    checks = [(f"states, F1, {lang}", tags["states"].get(lang, {}).get("f1"), bound) for lang, bound in BOUNDS.items()]
    checks += [("capitals, recall", tags["capitals"]["all"]["recall"], CAPITALS)]
    checks += [
        (f"English newswire, {what}", tags["countries-en"]["en"][what], bound) for what, bound in NEWSWIRE.items()
    ]
    checks += [("dyads, recall", tags["pairs-events"]["dyads"]["recall"], DYADS)]
    checks += [(f"topics, {what}", topics["all"][what], bound) for what, bound in TOPICS.items()]
    checks += [
        (f"topics, F1, {key.removeprefix('lang ')}", row["f1"], TOPICS_EACH)
        for key, row in topics.items()
        if key.startswith("lang ")
    ]
    return [
        {"what": what, "value": value, "bound": bound, "kept": value >= bound}
        for what, value, bound in checks
        if value is not None
    ]


def _print(rows: list[dict[str, Any]], tags: dict[str, Any], topics: dict[str, Any]) -> None:
    console = Console()
    table = Table("what", "measured", "at least", "", title="Accuracy", title_justify="left")
    for row in rows:
        table.add_row(row["what"], f"{row['value']:.3f}", f"{row['bound']:.2f}", "" if row["kept"] else "missed")
    console.print(table)
    each = Table("topic", "precision", "recall", "F1", "passages", title="Topics", title_justify="left")
    for name, row in topics.items():
        if not name.startswith("lang ") and name != "all":
            each.add_row(name, *(f"{row[key]:.2f}" for key in ("precision", "recall", "f1")), str(row["gold"]))
    console.print(each)
    agreement = tags["topic_agreement"].pop("mean")
    console.print(f"Topics agree across translations: {agreement:.2f} (mean Jaccard)")
    for part, by_language in tags.get("errors", {}).items():
        for lang, kinds in by_language.items():
            for kind, commonest in kinds.items():
                if commonest:
                    console.print(
                        f"{part}, {lang}, {kind}: " + ", ".join(f"{name} {count}" for name, count in commonest)
                    )


if __name__ == "__main__":
    sys.exit(main())
