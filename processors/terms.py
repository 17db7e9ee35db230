"""Phrases found word by word: side by side, or two near each other."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Final

from processors.boundaries import word_end, word_start
from processors.lexicon import Phrase, Side

_APART: Final = 6
"""Words that may stand between the two sides of a phrase."""

_APART_UNSPACED: Final = 20
"""Characters that may, in a language without spaces."""

_SIDE_BY_SIDE: Final = 2
_LONGEST_CLITICS: Final = 26
"""Characters that may stand between the end of a word and what is looked for in the next one."""

_ROOT: Final = 0

Found = Callable[[Phrase, int, int], None]


class PhraseBook:
    """The phrases of a lexicon as a tree of words."""

    def __init__(self, phrases: Sequence[Phrase], *, spaced: bool) -> None:
        self.spaced = spaced
        self.next: dict[tuple[int, int | str], int] = {}
        self.short: defaultdict[int, list[str]] = defaultdict(list)
        self.whole: defaultdict[int, list[Phrase]] = defaultdict(list)
        """Where a phrase of one side is complete."""
        self.near: defaultdict[int, defaultdict[int, list[Phrase]]] = defaultdict(lambda: defaultdict(list))
        """Where a side of a phrase is complete: the phrases, by where their other side is."""
        for phrase in phrases:
            ends = [self._grow(side) for side in phrase.sides]
            if len(ends) == 1:
                self.whole[ends[0]].append(phrase)
            for end, other in zip(ends, reversed(ends), strict=True) if len(ends) > 1 else ():
                self.near[end][other].append(phrase)
        self.goes_on = {node for node, _ in self.next}
        self.later = {word for node, word in self.next if node != _ROOT}

    def _grow(self, side: Side) -> int:
        node = _ROOT
        for word in side:
            if isinstance(word, str) and (node, word) not in self.next:
                self.short[node].append(word)
            node = self.next.setdefault((node, word), len(self.next) + 1)
        return node


class PhraseReader:
    """Puts the words of one text together, in the order of their ends, and calls `found` for each phrase."""

    def __init__(self, book: PhraseBook, text: str, found: Found) -> None:
        self._book = book
        self._text = text
        self._found = found
        self._begun: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        self._latest = -1
        self._sides: list[tuple[int, int, int]] = []
        """The sides found, with their start and end."""
        self._reachable = 16 * _APART if book.spaced else _APART_UNSPACED

    def word(self, number: int, start: int, end: int) -> None:
        """Take a word of a phrase that was found."""
        node = self._book.next.get((_ROOT, number))
        if node is not None:
            self._reach(node, start, end)
        if self._latest >= start - _LONGEST_CLITICS and number in self._book.later:
            begins = word_start(self._text, start)
            for place in range(begins - _SIDE_BY_SIDE, begins):
                for before, first in self._begun.get(place, ()):
                    node = self._book.next.get((before, number))
                    if node is not None:
                        self._reach(node, first, end)

    def _reach(self, node: int, start: int, end: int) -> None:
        if node in self._book.whole:
            for phrase in self._book.whole[node]:
                self._found(phrase, start, end)
        if node in self._book.near:
            self._side(node, start, end)
        if node in self._book.goes_on:
            ends = word_end(self._text, end)
            self._begun[ends].append((node, start))
            self._latest = max(self._latest, ends)
            for word in self._book.short.get(node, ()):
                if self._text.startswith(word, ends + 1) and word_end(self._text, ends + 1) == ends + 1 + len(word):
                    self._reach(self._book.next[node, word], start, ends + 1 + len(word))

    def _side(self, side: int, start: int, end: int) -> None:
        others = self._book.near[side]
        met: set[int] = set()
        for other, first, last in reversed(self._sides):
            if start - last >= self._reachable:
                break
            if other in others and other not in met and (last <= start or end <= first) and self._apart(last, start):
                met.add(other)
                for phrase in others[other]:
                    self._found(phrase, min(first, start), max(last, end))
        self._sides.append((side, start, end))

    def _apart(self, end: int, start: int) -> bool:
        if not self._book.spaced:
            return start - end <= _APART_UNSPACED
        return start - end < 16 * _APART and self._text.count(" ", end, start) <= _APART + 1
