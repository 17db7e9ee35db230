"""The watch rules in force, with the catalogue they were read with; changed files are put in force as they come."""

import logging
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path

from alerts.rules import RuleFileError, RuleIndex, read_rules
from alerts.rules.definitions import Definitions, definitions
from alerts.rules.files import rule_files
from processors.errors import ConfigError
from processors.tagging import Tagger

LOG = logging.getLogger(__name__)
State = tuple[tuple[str, int, int, int], ...]
"""What tells whether files have changed: path, inode, time and size of each."""


class Reading(StrEnum):
    """What came of reading the rules again."""

    LOADED = "loaded"
    REFUSED = "refused"


class InForce:
    """The rules that articles are judged by; `refused` is what keeps the files as they are now from being in force."""

    def __init__(
        self, places: Sequence[Path], folder: Path, load_tagger: Callable[[Definitions | None], Tagger]
    ) -> None:
        """Read everything; raise ConfigError for a bad catalogue, RuleFileError for bad rules.

        What the rules define themselves lies below `folder`; `load_tagger` reads the catalogue with it.
        """
        self._places = places
        self._folder = folder
        self._load_tagger = load_tagger
        self._defined: Path | None = None
        self._state = state_of(places)
        self.refused: tuple[str, ...] = ()
        self.tagger, self.rules = self._read(None)

    def label(self, name: str) -> str:
        """Return the English name of an actor or a topic."""
        return self.tagger.catalogue.label(name)

    def changed(self) -> bool:
        """Tell whether a file is another than when it was read last; asks the file system only."""
        return state_of(self._places) != self._state

    def read_again(self) -> Reading:
        """Put the files as they are now in force, whole or not at all; may take seconds, and waits for nothing."""
        self._state = state_of(self._places)
        try:
            tagger, rules = self._read(self.tagger)
        except ConfigError as error:
            problems = error.problems if isinstance(error, RuleFileError) else (error,)
            self.refused = tuple(map(str, problems))
            LOG.warning("the changed rules are refused, those before stay in force:\n%s", error)
            return Reading.REFUSED
        self.tagger, self.rules, self.refused = tagger, rules, ()
        LOG.warning("%d rules are in force", len(rules.rules))
        return Reading.LOADED

    def _read(self, known: Tagger | None) -> tuple[Tagger, RuleIndex]:
        made = definitions(self._places, self._folder)
        defined = made.path if made else None
        tagger = known if known and defined == self._defined else self._load_tagger(made)
        for lang in known.languages if known else ():
            tagger.matcher(lang)
        found = read_rules(self._places, tagger)
        for problem in found.warnings:
            LOG.warning("%s", problem)
        self._defined = defined
        return tagger, found.index


def state_of(places: Sequence[Path]) -> State:
    """Return what tells a state of the files at some places from others; links are followed."""
    try:
        return tuple(_stamp(file) for file in rule_files(places))
    except OSError:
        return ()  # a folder that is being swapped: the next look finds it


def _stamp(file: Path) -> tuple[str, int, int, int]:
    try:
        found = file.stat()
    except OSError:
        return str(file), 0, 0, 0
    return str(file), found.st_ino, found.st_mtime_ns, found.st_size
