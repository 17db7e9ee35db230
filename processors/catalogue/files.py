"""Reads the catalogue's files; every problem is told with its file and line."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import TypeAdapter, ValidationError

from processors.catalogue.parts import HEAD, ActorPart, Part, TopicPart, Words, of_language
from processors.errors import ConfigError
from processors.yamlfile import Lines, load_with_lines

_MODELS: Final[dict[str, TypeAdapter[Any]]] = {
    "actor": TypeAdapter(ActorPart),
    "topic": TypeAdapter(TopicPart),
    "words": TypeAdapter(Words),
}


class Located:
    """A part of the catalogue, where it stands, and whether a script made it."""

    __slots__ = ("_key", "_lines", "_of_language", "file", "made", "part")

    def __init__(self, part: Part, file: Path, lines: Lines, key: object, head: Mapping[str, object]) -> None:
        self.part = part
        self.file = file
        self.made = "made_from" in head
        self._lines = lines
        self._key = key
        self._of_language = "lang" in head

    @property
    def where(self) -> str:
        """Return file and line."""
        return self.at()

    def at(self, group: str = "", lang: str = "", *inner: object) -> str:
        """Return file and line of something within it, as near as can be told."""
        steps = (group, *inner) if self._of_language else (group, lang, *inner)
        return f"{self.file}:{self._lines.of((self._key, *steps))}"


def catalogue_files(places: Sequence[Path]) -> list[Path]:
    """Return the files of a catalogue, in the order they are read: those of later places extend earlier ones."""
    return [file for place in places for file in (sorted(place.rglob("*.yaml")) if place.is_dir() else [place])]


def read_parts(places: Sequence[Path]) -> list[Located]:
    """Read every file; raise ConfigError that lists every problem."""
    problems: list[str] = []
    parts = [part for file in catalogue_files(places) for part in _read(file, problems)]
    if not parts and not problems:
        problems = [f"{', '.join(map(str, places))}: there is no catalogue; a catalogue's files end in .yaml"]
    if problems:
        raise ConfigError("\n".join(problems))
    return parts


def _read(file: Path, problems: list[str]) -> Iterable[Located]:
    try:
        content, lines = load_with_lines(file)
    except (OSError, yaml.YAMLError, ConfigError) as error:
        problems.append(f"{file}: {error}")
        return
    if isinstance(content, dict) and "lang" in content:
        entries, keys = of_language(content), [key for key in content if key not in HEAD]
    elif isinstance(content, list):
        entries, keys = content, [*range(len(content))]
    else:
        problems.append(f"{file}: holds neither a list of entries nor `lang:` and what one language says")
        return
    head = content if isinstance(content, dict) else {}
    for entry, key in zip(entries, keys, strict=True):
        try:
            yield Located(_MODELS[_kind(entry)].validate_python(entry), file, lines, key, head)
        except ValidationError as error:
            problems += [_problem(file, lines, key, entry, dict(e)) for e in error.errors()]


def _kind(entry: object) -> str:
    if not isinstance(entry, dict):
        return "actor"
    if "id" not in entry and not entry.keys().isdisjoint(Words.model_fields):
        return "words"
    return "actor" if "/" in str(entry.get("id", "/")) else "topic"


def _problem(file: Path, lines: Lines, key: object, entry: Any, error: dict[str, Any]) -> str:  # noqa: ANN401 - YAML
    """Return a problem with its line; a file of one language has no step for the language, nor for `terms`."""
    steps = [step for step in error["loc"] if not isinstance(key, str) or step not in ("terms", lines.value("lang"))]
    name = entry.get("id", key) if isinstance(entry, dict) else key
    where = ".".join(str(step) for step in error["loc"])
    return f"{file}:{lines.of((key, *steps))}: {name}: {where}: {error['msg']}"
