"""Guards: when a name that is also something else does not count."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from processors.boundaries import LONGEST_WORD, word_start
from processors.normalise import normalise

_NEAR: Final = 48
"""Characters before and after a name that hold its neighbours."""

_AROUND: Final = 10
"""Characters that may be written together with a guard's word, or stand between it and the name."""

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

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[int, bool] = {}

    def has(self, words: "Words") -> bool:
        """Tell whether one of some words is in the article."""
        if id(words) not in self._known:
            self._known[id(words)] = words.in_text(self._text)
        return self._known[id(words)]


class Words:
    """Words to look for in a text; most texts hold none, which is told by a simpler look."""

    def __init__(self, written: Sequence[str], shape: str, *, spaced: bool, clitics: str) -> None:
        self._begin = [normalise(word.rstrip("*")).text for word in written]
        self._any = re.compile("|".join(map(re.escape, self._begin)))
        self._pattern = _pattern(written, shape, spaced=spaced, clitics=clitics)
        self._longest = max(map(len, self._begin)) + _AROUND
        self._open = any(word.endswith("*") for word in written)

    def before(self, text: str, place: int) -> bool:
        """Tell whether one of the words stands before a place of a text, in its matching form."""
        near = max(0, place - _NEAR)
        first = near if self._open else max(near, place - self._longest)
        return self._any.search(text, first, place) is not None and self._is_in(text[near:place])

    def after(self, text: str, place: int) -> bool:
        """Tell whether one of the words stands behind a place of a text, in its matching form."""
        found = self._any.search(text, place, place + self._longest)
        return found is not None and self._is_in(text[place : place + _NEAR])

    def _is_in(self, text: str) -> bool:
        return self._pattern.search(text) is not None

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
        self._by_article = bool(written.get("needs") or written.get("not_with"))
        self.not_person = bool(written.get("not_person"))
        """Whether a name does not count beside what looks like a person's."""
        self._after = words("not_after", r"(?:{})[\W_]{{0,2}}$")
        self._before = words("not_before", r"^[\W_]{{0,2}}(?:{})")
        self._needs = words("needs")
        self._not_with = words("not_with")

    def refusal(self, text: str, start: int, end: int, context: Context) -> Refusal | None:
        """Return why a name at `start:end` of a text in its matching form does not count, None when it does."""
        after, before = self._after, self._before
        if after is not None and after.before(text, word_start(text, start) if self._clitics else start):
            return Refusal.AFTER
        if before is not None and before.after(text, end):
            return Refusal.BEFORE
        return self._in_article(context) if self._by_article else None

    def _in_article(self, context: Context) -> Refusal | None:
        needed = self._needs is not None and context.has(self._needs)
        if self._not_with is not None:
            return Refusal.WITH if not needed and context.has(self._not_with) else None
        return Refusal.LACKS if self._needs is not None and not needed else None


def _pattern(words: Iterable[str], shape: str, *, spaced: bool, clitics: str) -> re.Pattern[str]:
    begin, end = (rf"(?<!\w)(?:{clitics})?", r"(?!\w)") if spaced else ("", "")
    each = (begin + re.escape(normalise(w.rstrip("*")).text) + (r"\w*" if w.endswith("*") else end) for w in words)
    return re.compile(shape.format("|".join(each)))


def beside_a_person(text: str, start: int, end: int) -> bool:
    """Tell whether a name at `start:end` of a text as it came stands beside a word with a capital."""
    before = _BESIDE_A_PERSON.search(text, max(0, start - _NEAR), start)
    if before and before[1][0].isupper() and not _begins_sentence(text, before.start(1)):
        return True
    after = _BEFORE_A_PERSON.match(text, end)
    return after is not None and after[1][0].isupper() and not after[1].isupper()


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(' "“„«(')
    return not before or before[-1] in ".!?:\n…-—"
