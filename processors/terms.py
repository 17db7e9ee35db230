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

Found = Callable[[Phrase, int, int], None]


class _Node:
    """A place in the tree of words: what is complete there, and which words lead on."""

    __slots__ = ("leads", "near", "next", "number", "short", "whole")

    def __init__(self, number: int) -> None:
        self.number = number
        self.whole: list[Phrase] = []
        self.near: dict[int, list[Phrase]] = {}
        """The phrases one side of which is complete here, by the number of where their other side is."""
        self.next: dict[int | str, _Node] = {}
        self.short: list[str] = []
        self.leads = False
        """Whether anything is to be done here again after what is complete here was found."""


class PhraseBook:
    """The phrases of a lexicon as a tree of words."""

    def __init__(self, phrases: Sequence[Phrase], words: int, *, spaced: bool) -> None:
        self.spaced = spaced
        self._root = _Node(0)
        self._size = 0
        for phrase in phrases:
            ends = [self._grow(side) for side in phrase.sides]
            if len(ends) == 1:
                ends[0].whole.append(phrase)
            for end, other in zip(ends, reversed(ends), strict=True) if len(ends) > 1 else ():
                end.near.setdefault(other.number, []).append(phrase)
                end.leads = True
        self.first = [self._root.next.get(number) for number in range(words)]
        """Where each word leads that may be the first one."""
        self.later = self._later(self._root)
        """The words that may be others than the first."""

    def once(self, word: int) -> bool:
        """Tell whether a word is only a phrase by itself, which counts once in a text."""
        node = self.first[word]
        return word not in self.later and (node is None or not node.leads)

    def _grow(self, side: Side) -> _Node:
        node = self._root
        for word in side:
            if word not in node.next:
                self._size += 1
                node.next[word] = _Node(self._size)
                node.leads = True
                if isinstance(word, str):
                    node.short.append(word)
            node = node.next[word]
        return node

    def _later(self, node: _Node) -> set[int | str]:
        below = node.next.values()
        return {word for child in below for word in child.next}.union(*(self._later(child) for child in below))


class PhraseReader:
    """Puts the words of one text together, in the order of their ends, and calls `found` once for each phrase."""

    def __init__(self, book: PhraseBook, text: str, found: Found) -> None:
        self._book = book
        self._first, self._later = book.first, book.later
        self._text = text
        self._found = found
        self._whole: set[int] = set()
        self._met: set[tuple[int, int]] = set()
        self._begun: defaultdict[int, list[tuple[_Node, int]]] = defaultdict(list)
        self._latest = -1
        self._sides: list[tuple[int, int, int]] = []
        """The sides found, with their start and end."""
        self._reachable = 16 * _APART if book.spaced else _APART_UNSPACED

    def word(self, number: int, start: int, end: int) -> None:
        """Take a word of a phrase that was found."""
        node = self._first[number]
        if node is not None and (node.leads or node.number not in self._whole):
            self._reach(node, start, end)
        if self._latest >= start - _LONGEST_CLITICS and number in self._later:
            begins = word_start(self._text, start)
            for place in range(begins - _SIDE_BY_SIDE, begins):
                for before, first in self._begun.get(place, ()):
                    node = before.next.get(number)
                    if node is not None:
                        self._reach(node, first, end)

    def _reach(self, node: _Node, start: int, end: int) -> None:
        if node.whole and node.number not in self._whole:
            self._whole.add(node.number)
            for phrase in node.whole:
                self._found(phrase, start, end)
        if node.near:
            self._side(node, start, end)
        if node.next:
            self._begin(node, start, word_end(self._text, end))

    def _begin(self, node: _Node, start: int, end: int) -> None:
        """Note that a phrase may go on behind the word that ends there."""
        self._begun[end].append((node, start))
        self._latest = max(self._latest, end)
        for word in node.short:
            if self._text.startswith(word, end + 1) and word_end(self._text, end + 1) == end + 1 + len(word):
                self._reach(node.next[word], start, end + 1 + len(word))

    def _side(self, node: _Node, start: int, end: int) -> None:
        near, far = node.near, start - self._reachable
        for other, first, last in reversed(self._sides):
            if last <= far:
                break
            if other in near and (last <= start or end <= first) and self._apart(last, start):
                both = (min(node.number, other), max(node.number, other))
                if both not in self._met:
                    self._met.add(both)
                    for phrase in near[other]:
                        self._found(phrase, min(first, start), max(last, end))
        self._sides.append((node.number, start, end))

    def _apart(self, end: int, start: int) -> bool:
        if not self._book.spaced:
            return start - end <= _APART_UNSPACED
        return start - end < 16 * _APART and self._text.count(" ", end, start) <= _APART + 1
