"""A language's grammar, as far as finding names needs it."""

from collections.abc import Callable, Iterable, Mapping

import msgspec

from processors.catalogue.model import How

Forms = Callable[[str, How], Iterable[str]]
Spellings = Callable[[str], Iterable[str]]


def as_written(alias: str, how: How) -> Iterable[str]:  # noqa: ARG001 - other languages look at it
    """Return an alias alone, for languages whose words don't change."""
    return (alias,)


def one_spelling(phrase: str) -> Iterable[str]:
    """Return a phrase alone, for languages that change nothing within it."""
    return (phrase,)


class Grammar(msgspec.Struct, frozen=True):
    """How words change in a language, and what is written together with them.

    `forms` makes the forms of an alias when the catalogue is compiled. `before` and `after` are regular expressions of
    what may stand, in one word with a form, between the word's beginning and it, and between it and the word's end;
    they see text in its matching form. `before_by` and `after_by` say it for one way of naming apart. `fallbacks` are
    the languages whose spellings of people and organisations count where this one has none.
    """

    forms: Forms = as_written
    before: str = ""
    after: str = ""
    before_by: Mapping[How, str] = {}
    after_by: Mapping[How, str] = {}
    spellings: Spellings = one_spelling
    """How a topic's phrase of several words may be written, but for what stands before and after it."""
    spaced: bool = True
    fallbacks: tuple[str, ...] = ("en",)
    letters: bool = False
    """Whether the common guards of single letters hold for abbreviations that begin or end with them."""

    def edge(self, how: How) -> tuple[str, str]:
        """Return what may stand before and after a form that names in a certain way."""
        return self.before_by.get(how, self.before), self.after_by.get(how, self.after)
