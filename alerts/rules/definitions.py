"""Actors and topics that files of rules define themselves: one more source of the catalogue."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

import yaml

from alerts.rules.files import Entry, read_entries, rule_files
from alerts.rules.validate import is_definition
from processors.article import digest

_DEFINES: Final = re.compile(rb"^(?:actors|topics)\s*:", re.MULTILINE)


class Definitions(NamedTuple):
    """A file of the catalogue that was made of what rule files define; each entry has a line, whose origin is known."""

    path: Path
    origins: tuple[str, ...]

    def told(self, message: str) -> str:
        """Return what the catalogue says about the file, with the places where its entries are written."""
        return re.sub(rf"{re.escape(str(self.path))}:(\d+)", lambda found: self.origins[int(found[1]) - 1], message)


def definitions(places: Iterable[Path], folder: Path) -> Definitions | None:
    """Write what rule files define into a file below `folder`; None when they define nothing.

    Its name tells its content, so that the catalogue is compiled again only when a definition changes. What is wrong
    with a file or an entry is left for those to say who read the rules.
    """
    entries = [entry for file in rule_files(places) if _may_define(file) for entry in _defined(file)]
    if not entries:
        return None
    lines = [yaml.safe_dump([e.content], allow_unicode=True, default_flow_style=True, width=1 << 30) for e in entries]
    content = "".join("- " + line.strip()[1:-1] + "\n" for line in lines)
    path = folder / f"defined-by-rules-{digest(content)[:12]}.yaml"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return Definitions(path, tuple(f"{e.file}:{':'.join(map(str, e.document.at(e.steps)))}" for e in entries))


def _may_define(file: Path) -> bool:
    try:
        return _DEFINES.search(file.read_bytes()) is not None
    except OSError:
        return False


def _defined(file: Path) -> Iterable[Entry]:
    found = read_entries(file, [])
    for entry in (*found.get("actors", ()), *found.get("topics", ())):
        if is_definition(entry):
            yield entry
