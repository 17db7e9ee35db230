"""What the Slavic languages share: tables of endings, and phrases whose words decline together."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import product
from typing import Final, NamedTuple

from processors.catalogue.model import How

Cases = Sequence[tuple[str, ...]]
"""The forms of a word, case by case; the first is the nominative. Languages agree with themselves on the order."""

Endings = tuple[tuple[str, str], ...]
"""An ending, and what it becomes: cases apart by spaces, variants by slashes, `-` for nothing."""

COMPOUND: Final = "-"
"""An alias that ends like this is the first half of a compound, and doesn't change."""

_WORD: Final = re.compile(r"[ -]+|[^ -]+")


def each(letters: str, cases: str) -> Endings:
    """Return a row for each of some letters, which stay as they are before the same endings."""
    return tuple(
        (letter, " ".join("/".join(letter + end.replace("-", "") for end in case.split("/")) for case in cases.split()))
        for letter in letters
    )


def declined(word: str, tables: Iterable[Endings]) -> Cases:
    """Return the forms of a word by the first row of each table that fits its end; the word alone where none does."""
    found = [cases for table in tables if (cases := _by_table(word, table))]
    if not found:
        return ((word,),)
    return [tuple(dict.fromkeys(form for cases in found for form in cases[case])) for case in range(len(found[0]))]


def _by_table(word: str, table: Endings) -> list[tuple[str, ...]]:
    for ending, cases in table:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            return [tuple(stem + end.replace("-", "") for end in case.split("/")) for case in cases.split()]
    return []


def flat(cases: Cases) -> list[str]:
    """Return all forms of a word, whatever their case."""
    return [form for case in cases for form in case]


def phrase_forms(alias: str, decline: Callable[[str], Cases]) -> Iterable[str]:
    """Yield a name's forms: its first words decline together and the rest stays, or its last ones do."""
    parts: list[str] = _WORD.findall(alias)
    words = [decline(part) if part.strip(" -") else ((part,),) for part in parts]
    spans = {(0, end) for end in range(1, len(parts) + 1)} | {(start, len(parts)) for start in range(2, len(parts), 2)}
    for start, end in sorted(spans):
        for case in range(max(len(word) for word in words)):
            chosen = [
                word[min(case, len(word) - 1)] if start <= at < end else (part,)
                for at, (part, word) in enumerate(zip(parts, words, strict=True))
            ]
            yield from map("".join, product(*chosen))


def no_possessive(surname: str) -> Iterable[str]:  # noqa: ARG001 - other languages look at it
    """Return nothing, for languages that make no adjective of a surname."""
    return ()


class Declension(NamedTuple):
    """A language that declines by tables: those of its names, the forms of its demonyms, the adjectives of surnames."""

    names: Sequence[Endings]
    demonym: Callable[[str], Iterable[str]]
    possessive: Callable[[str], Iterable[str]] = no_possessive

    def forms(self, alias: str, how: How) -> Iterable[str]:
        """Return an alias declined."""
        if alias.endswith(COMPOUND):
            return (alias,)
        if how is How.DEMONYM and " " not in alias:
            return [alias, *self.demonym(alias)]
        possessive = self.possessive(alias) if how is How.PERSON and " " not in alias else ()
        return [alias, *phrase_forms(alias, self._cases), *possessive]

    def _cases(self, word: str) -> Cases:
        return declined(word, self.names)
