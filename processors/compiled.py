"""The catalogue compiled and kept: what was read and compiled once, the next start reads from a cache."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from processors.aliases import ANY
from processors.catalogue.entries import Entries, merge
from processors.catalogue.files import catalogue_files, read_parts
from processors.catalogue.model import Actor, Catalogue, Topic
from processors.collector import paused_collector
from processors.compiler import compile_lexicon
from processors.languages import LANGUAGES
from processors.lexicon import Lexicon
from processors.normalise import normalise

T = TypeVar("T")
_CODE: Final = Path(__file__).parent
_KEPT_STATES: Final = 8
_NAMING: Final = (("name", "historic", "abbreviation", "safe"), ("capital", "seat", "demonym"))
"""What names an actor for whoever asks, and what does where nothing else has that name."""


class Index(msgspec.Struct):
    """What every start needs, whatever languages its articles are in."""

    actors: list[Actor]
    topics: list[Topic]
    names: dict[str, str]


class CompiledCatalogue:
    """The catalogue, with a lexicon for each language, compiled when it is first asked for."""

    def __init__(self, places: Sequence[Path], cache: Path) -> None:
        """Read the catalogue's files, those of later places over those of earlier ones; raise ConfigError."""
        self._places = places
        self._cache = cache / _digest(places)
        if not self._cache.exists():
            _forget_old(cache)
        index = self._kept("index", Index, lambda: _index(self.entries))
        self.catalogue = Catalogue(index.actors, index.topics, index.names)

    def lexicon(self, lang: str) -> Lexicon:
        """Return what the catalogue says in a language; in one it does not know, the names of all languages."""
        known = known_language(lang)
        return self._kept(f"lexicon-{known}", Lexicon, lambda: compile_lexicon(self.entries, known))

    @cached_property
    def entries(self) -> Entries:
        """Return the catalogue as it is written."""
        return self._kept("entries", Entries, lambda: merge(read_parts(self._places)))

    def _kept(self, name: str, kind: type[T], make: Callable[[], T]) -> T:
        path = self._cache / f"{name}.msgpack"
        with suppress(OSError, msgspec.DecodeError):
            content = path.read_bytes()
            with paused_collector():
                return msgspec.msgpack.decode(content, type=kind)
        made = make()
        _write(path, msgspec.msgpack.encode(made))
        return made


@lru_cache(maxsize=1000)
def known_language(lang: str) -> str:
    """Return the language of the catalogue that a tag such as en-GB names; ANY for all that it does not know."""
    primary = lang.partition("-")[0].lower()
    return primary if primary in LANGUAGES else ANY


def _write(path: Path, content: bytes) -> None:
    """Write a file of the cache, whole or not at all; one that cannot be written is made again the next time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError:
        return


def _forget_old(cache: Path) -> None:
    """Remove what was compiled of all but the latest states of catalogues."""
    latest = sorted(filter(Path.is_dir, cache.glob("*")), key=lambda folder: folder.stat().st_mtime, reverse=True)
    for folder in latest[_KEPT_STATES:]:
        shutil.rmtree(folder, ignore_errors=True)


def _digest(places: Sequence[Path]) -> str:
    """Return what tells one state of the catalogue, and of the code that compiles it, from others."""
    state = blake2b(digest_size=12)
    code = [
        *sorted(_CODE.glob("*.py")),
        *sorted((_CODE / "languages").glob("*.py")),
        *sorted((_CODE / "catalogue").glob("*.py")),
    ]
    for file in [*code, *catalogue_files(places)]:
        state.update(str(file).encode())
        state.update(file.read_bytes() if file.exists() else b"")
    return state.hexdigest()


def _index(entries: Entries) -> Index:
    first, second = (_named(entries, groups) for groups in _NAMING)
    names = second | first
    return Index(
        [entry.actor for entry in entries.actors],
        [entry.topic for entry in entries.topics],
        {form: " ".join(sorted(ids)) for form, ids in names.items()},
    )


def _named(entries: Entries, groups: Iterable[str]) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {}
    for entry in entries.actors:
        for kept in (entry.written(made=made) for made in (False, True)):
            for alias in (a for group in groups for aliases in kept.get(group, {}).values() for a in aliases):
                names.setdefault(normalise(alias.rstrip("*")).text, set()).add(entry.actor.id)
    return names
