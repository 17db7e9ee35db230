"""The files of watch rules, and the entries that they hold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from alerts.rules.problems import Level, Problem
from processors.tagging import nearest
from processors.yamlnodes import Document, read_document

ENDINGS: Final = (".yaml", ".yml")
TOP: Final = ("rules", "actors", "topics", "routes")
"""What a file of rules may hold: the rules, actors and topics of its own, and where alerts go."""


class Entry(NamedTuple):
    """One entry of a file, and where it stands."""

    file: Path
    document: Document
    steps: tuple[object, ...]
    content: object

    def problem(self, steps: Sequence[object], what: str, level: Level = Level.ERROR, *, key: bool = False) -> Problem:
        """Return a problem of something within the entry, or of the key that leads there."""
        return Problem(self.file, *self.document.at((*self.steps, *steps), key=key), what, level)


def rule_files(places: Iterable[Path]) -> list[Path]:
    """Return the files at some places: of a folder all `*.yaml` and `*.yml` below it, in order, but for hidden ones."""
    return [file for place in places for file in (_below(place) if place.is_dir() else [place])]


def _below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):  # one by one, since links are followed, and hidden folders are not
        if path.name.startswith("."):
            continue
        if path.is_dir():
            yield from _below(path)
        elif path.suffix in ENDINGS:
            yield path


def read_entries(file: Path, problems: list[Problem]) -> dict[str, list[Entry]]:
    """Return the entries of a file by what they are: rules, actors, topics."""
    try:
        document = read_document(file)
    except OSError as error:
        problems.append(
            Problem(file, 1, 1, f"cannot be read: {error.strerror or error}; set MARSAD_RULES to a file or folder")
        )
        return {}
    problems += [Problem(file, *fault.place, fault.what) for fault in document.faults]
    content: Any = document.content
    if content is None and document.faults:
        return {}
    if isinstance(content, list):
        return {"rules": [Entry(file, document, (number,), entry) for number, entry in enumerate(content)]}
    if not isinstance(content, Mapping):
        what = "holds no rules; begin it with `rules:` and a line `- id: ...` for each"
        problems.append(Problem(file, 1, 1, what))
        return {}
    return {key: _listed(file, document, key, value, problems) for key, value in content.items()}


def _listed(file: Path, document: Document, key: str, value: object, problems: list[Problem]) -> list[Entry]:
    place = document.at((key,), key=True)
    if key not in TOP:
        hint = nearest(str(key), [*TOP]) or f"; a file holds {', '.join(TOP)}"
        problems.append(Problem(file, *place, f"{key}: unknown key{hint}"))
        return []
    if not isinstance(value, list):
        problems.append(Problem(file, *place, f"{key}: holds no list; begin each entry with `- id: ...`"))
        return []
    return [Entry(file, document, (key, number), entry) for number, entry in enumerate(value)]
