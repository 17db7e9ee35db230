"""What the catalogue says in one language, compiled: every form that is looked for, and what it stands for."""

import msgspec

from processors.catalogue.model import How

Side = tuple[int | str, ...]


class Use(msgspec.Struct, frozen=True, array_like=True):
    """What a form stands for: an actor, or nobody when `id` is empty.

    `cased` forms need a capital, `exact` ones stand in the text as they are written; a surname that is not `alone`
    counts only in an article that has the full name; `guard` is the number of its guard, -1 for none.
    """

    id: str
    how: How
    written: str
    cased: bool = False
    exact: bool = False
    alone: bool = True
    guard: int = -1


class Word(msgspec.Struct, frozen=True, array_like=True):
    """A word of a phrase; `written` is how it must stand in a text, or nothing."""

    text: str
    written: str
    cased: bool = False
    stem: bool = False

    @property
    def exact(self) -> bool:
        """Tell whether it must stand in a text as it is written."""
        return bool(self.written)


class Sense(msgspec.Struct, frozen=True, array_like=True):
    """What forms stand for, by its numbers among the uses and the words, and what may stand around them.

    That is what `edge`, also a number, says; beside an `open` end, anything may.
    """

    edge: int
    open_before: bool
    open_after: bool
    uses: tuple[int, ...]
    words: tuple[int, ...]


class Phrase(msgspec.Struct, frozen=True, array_like=True):
    """Words side by side; or two such sequences near each other. It speaks for a topic, or names an actor.

    A side holds the numbers of its words; those too short to be looked for everywhere stand there themselves.
    """

    sides: tuple[Side, ...]
    written: str
    topic: str = ""
    weight: float = 0.0
    use: Use | None = None


class Lexicon(msgspec.Struct, array_like=True):
    """What is compiled for one language: the forms that are looked for, each with the number of its sense."""

    lang: str
    forms: list[str]
    sense_of: list[int]
    senses: list[Sense]
    uses: list[Use]
    words: list[Word]
    edges: list[tuple[str, str]]
    guards: list[dict[str, list[str] | bool]]
    phrases: list[Phrase]
    spaced: bool
    clitics: str = ""
