"""Guards: when a name that is also something else does not count."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from processors.boundaries import LONGEST_WORD, word_start
from processors.normalise import normalise

_NEAR: Final = 48
"""Characters before and after a name that hold its neighbours."""

_BESIDE_A_PERSON: Final = re.compile(r"([^\W\d_][\w'’-]*)[ \u00a0]$")
_BEFORE_A_PERSON: Final = re.compile(r"[ \u00a0]([^\W\d_][\w'’-]*)")


class Refusal(StrEnum):
    """Why something that looks like an alias does not count."""

    NO_CAPITAL = "written without a capital"
    NOT_AS_WRITTEN = "not in capitals as the alias is"
    AFTER = "follows a word that makes it something else"
    BEFORE = "precedes a word that makes it something else"
    PERSON = "part of a person's name"
    LACKS = "none of the words that it needs is in the article"
    WITH = "a word in the article makes it something else"
    LONGER = "part of a longer name"
    NO_FULL_NAME = "a surname whose full name is not in the article"


class Context:
    """An article's whole text in its matching form, asked for words once each."""

    def __init__(self, *texts: str) -> None:
        self._texts = texts
        self._known: dict[int, bool] = {}

    def has(self, words: "Words") -> bool:
        """Tell whether one of some words is in the article."""
        if id(words) not in self._known:
            self._known[id(words)] = any(words.in_text(text) for text in self._texts)
        return self._known[id(words)]


class Words:
    """Words to look for in a text; most texts hold none, which is told by a simpler look."""

    def __init__(self, written: Sequence[str], shape: str, *, spaced: bool, clitics: str) -> None:
        self._begin = [normalise(word.rstrip("*")).text for word in written]
        self._any = re.compile("|".join(map(re.escape, self._begin)))
        self._pattern = _pattern(written, shape, spaced=spaced, clitics=clitics)

    def beside(self, text: str, first: int, last: int) -> bool:
        """Tell whether one of the words is in a part of a text, in its matching form, where their shape asks for it."""
        return self._any.search(text, first, last) is not None and self._pattern.search(text[first:last]) is not None

    def in_text(self, text: str) -> bool:
        """Tell whether one of the words is anywhere in a text, in its matching form."""
        return any(
            self._pattern.search(text, max(0, at - LONGEST_WORD), at + len(word) + LONGEST_WORD)
            for word in self._begin
            for at in _places(word, text)
        )


def _places(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


class Guard:
    """A guard of the catalogue, ready to look at texts; `clitics` are written together with words in its language."""

    def __init__(self, written: Mapping[str, Any], *, spaced: bool, clitics: str = "") -> None:
        def words(key: str, shape: str = "(?:{})") -> Words | None:
            found = written.get(key)
            return Words(found, shape, spaced=spaced, clitics=clitics) if found else None

        self._clitics = bool(clitics)
        self._not_person = bool(written.get("not_person"))
        self._after = words("not_after", r"(?:{})[\W_]{{0,2}}$")
        self._before = words("not_before", r"^[\W_]{{0,2}}(?:{})")
        self._needs = words("needs")
        self._not_with = words("not_with")

    def refusal(
        self, text: str, start: int, end: int, original: tuple[str, int, int], context: Context
    ) -> Refusal | None:
        """Return why a name at `start:end` of a text does not count, None when it does.

        `original` is the text as it came, with the name's place in it.
        """
        word = word_start(text, start) if self._clitics else start
        if self._after and self._after.beside(text, max(0, word - _NEAR), word):
            return Refusal.AFTER
        if self._before and self._before.beside(text, end, end + _NEAR):
            return Refusal.BEFORE
        if self._not_person and _beside_a_person(*original):
            return Refusal.PERSON
        return self._by_article(context)

    def _by_article(self, context: Context) -> Refusal | None:
        needed = self._needs is not None and context.has(self._needs)
        if self._not_with is not None:
            return Refusal.WITH if not needed and context.has(self._not_with) else None
        return Refusal.LACKS if self._needs is not None and not needed else None


def _pattern(words: Iterable[str], shape: str, *, spaced: bool, clitics: str) -> re.Pattern[str]:
    begin, end = (rf"(?<!\w)(?:{clitics})?", r"(?!\w)") if spaced else ("", "")
    each = (begin + re.escape(normalise(w.rstrip("*")).text) + (r"\w*" if w.endswith("*") else end) for w in words)
    return re.compile(shape.format("|".join(each)))


def _beside_a_person(text: str, start: int, end: int) -> bool:
    before = _BESIDE_A_PERSON.search(text, max(0, start - _NEAR), start)
    if before and before[1][0].isupper() and not _begins_sentence(text, before.start(1)):
        return True
    after = _BEFORE_A_PERSON.match(text, end)
    return after is not None and after[1][0].isupper() and not after[1].isupper()


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(' "“„«(')
    return not before or before[-1] in ".!?:\n…-—"
