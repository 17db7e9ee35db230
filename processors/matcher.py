"""Find every alias of the catalogue in a text, in one pass."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import msgspec
from ahocorasick_rs import AhoCorasick, Implementation

from processors.aliases import ANY
from processors.boundaries import is_letter, is_unspaced, word_start
from processors.catalogue.model import How
from processors.guards import Context, Guard, Refusal
from processors.lexicon import Form, Lexicon, Phrase, Use, Word
from processors.normalise import Normalised
from processors.terms import PhraseBook, PhraseReader


class Mention(msgspec.Struct, frozen=True):
    """Where a text names an actor or hints at a topic; `start` and `end` are code points of the field as it came."""

    field: str
    start: int
    end: int
    text: str
    id: str
    how: How
    zone: str = "body"


class Hit(NamedTuple):
    """A form found in a text, with what it may stand for."""

    start: int
    end: int
    uses: tuple[Use, ...]


class Term(NamedTuple):
    """A term of a topic found in a text."""

    start: int
    end: int
    phrase: Phrase


class Found(NamedTuple):
    """What was found in one text; `refused` tells what looks like an alias and why it does not count."""

    actors: list[Hit]
    terms: list[Term]
    refused: list[tuple[int, int, Use, Refusal]]


class _Plan(NamedTuple):
    """How a form is looked at where it was found: what may stand around it, and what it stands for."""

    any_before: bool
    any_after: bool
    any_beside: bool
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    uses: tuple[Use, ...]
    words: tuple[tuple[int, Word], ...]


class Matcher:
    """All aliases and terms of one language as one automaton."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._automaton = AhoCorasick(
            [form.text for form in lexicon.forms], implementation=Implementation.ContiguousNFA
        )  # twice as fast as its default; a DFA would be little faster, and ten times as large
        edges = [(_compiled(before), _compiled(after, "(?![^\\W_])")) for before, after in lexicon.edges]
        self._plans = [_plan(form, lexicon, *edges[form.edge]) for form in lexicon.forms]
        self._guard = cache(  # made when its alias is first met: there are thousands
            lambda number: Guard(lexicon.guards[number], spaced=lexicon.spaced, clitics=lexicon.clitics)
        )
        self._book = PhraseBook(lexicon.phrases, len(lexicon.words), spaced=lexicon.spaced)

    def occurrences(self, seen: Normalised) -> list[tuple[int, int, int]]:
        """Return every occurrence of a form in a text, as its number, start and end, word or not."""
        found: list[tuple[int, int, int]] = self._automaton.find_matches_as_indexes(seen.text, overlapping=True)
        return found

    def find(self, text: str, seen: Normalised, context: Context) -> Found:
        """Return what is in a text; `seen` is its matching form. The longest alias wins."""
        found = Found([], [], [])
        hits: list[Hit] = []
        plans = self._plans
        reader = PhraseReader(
            self._book, seen.text, lambda phrase, start, end: _phrase(found, hits, phrase, start, end)
        )
        letters = seen.text
        for index, start, end in self.occurrences(seen):
            plan = plans[index]
            beside = letters[start - 1] if start else " "
            if (beside.isalnum() or beside > "\u0900") and not _begins(plan, letters, start):
                continue  # looked at here first, since most of what is met is within words
            if not _ends(plan, letters, end):
                continue
            if plan.uses:
                hits.append(Hit(start, end, plan.uses))
            for number, word in plan.words:
                if not (word.cased or word.written) or _as_written(word, text, seen, start, end) is None:
                    reader.word(number, start, end)
        counted = (self._counted(hit, text, seen, context, found.refused) for hit in hits)
        found.actors.extend(_leftmost_longest((hit for hit in counted if hit.uses), found.refused))
        return found

    def _counted(
        self, hit: Hit, text: str, seen: Normalised, context: Context, refused: list[tuple[int, int, Use, Refusal]]
    ) -> Hit:
        """Return a hit with those of its uses that count there, one for an actor."""
        uses: list[Use] = []
        for use in hit.uses:
            why = self._refusal(use, hit, text, seen, context)
            if why is not None:
                refused.append((hit.start, hit.end, use, why))
            elif all(use.id != other.id for other in uses):
                uses.append(use)
        return hit if len(uses) == len(hit.uses) else hit._replace(uses=tuple(uses))

    def _refusal(self, use: Use, hit: Hit, text: str, seen: Normalised, context: Context) -> Refusal | None:
        why = _as_written(use, text, seen, hit.start, hit.end)
        if why is not None or use.guard < 0:
            return why
        original = (text, *seen.span(hit.start, hit.end))
        return self._guard(use.guard).refusal(seen.text, hit.start, hit.end, original, context)


def _plan(form: Form, lexicon: Lexicon, before: re.Pattern[str] | None, after: re.Pattern[str] | None) -> _Plan:
    unspaced = not lexicon.spaced or lexicon.lang == ANY
    any_before = unspaced and is_unspaced(form.text[0])
    any_after = form.stem or form.text[-1] == "-" or (unspaced and is_unspaced(form.text[-1]))
    uses = tuple([lexicon.uses[number] for number in form.uses])
    words = tuple([(number, lexicon.words[number]) for number in form.words])
    return _Plan(any_before, any_after, unspaced, before, after, uses, words)


def _begins(plan: _Plan, text: str, start: int) -> bool:
    """Tell whether a word begins there, but for what the language writes together with it."""
    if plan.any_before or not start or not is_letter(beside := text[start - 1]):
        return True
    if plan.any_beside and is_unspaced(beside):
        return True
    return plan.before is not None and plan.before.fullmatch(text, word_start(text, start), start) is not None


def _ends(plan: _Plan, text: str, end: int) -> bool:
    """Tell whether a word ends there, but for what the language writes together with it."""
    if plan.any_after or end == len(text) or not is_letter(beside := text[end]):
        return True
    if plan.any_beside and is_unspaced(beside):
        return True
    return plan.after is not None and plan.after.match(text, end) is not None


def _compiled(pattern: str, end: str = "") -> re.Pattern[str] | None:
    return re.compile(f"(?:{pattern}){end}") if pattern else None


def _as_written(wanted: Use | Word, text: str, seen: Normalised, start: int, end: int) -> Refusal | None:
    if not (wanted.cased or wanted.exact):
        return None
    first, last = seen.span(start, end)
    if wanted.exact and text[first:last].replace("\u00a0", " ") != wanted.written:
        return Refusal.NOT_AS_WRITTEN
    return None if text[first].isupper() else Refusal.NO_CAPITAL


def _phrase(found: Found, hits: list[Hit], phrase: Phrase, start: int, end: int) -> None:
    if phrase.use is None:
        found.terms.append(Term(start, end, phrase))
    else:
        hits.append(Hit(start, end, (phrase.use,)))


def _leftmost_longest(hits: Iterable[Hit], refused: list[tuple[int, int, Use, Refusal]]) -> list[Hit]:
    chosen: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not chosen or hit.start >= chosen[-1].end:
            chosen.append(hit)
        elif hit.end == chosen[-1].end and hit.start == chosen[-1].start:
            known = {use.id for use in chosen[-1].uses}
            chosen[-1] = hit._replace(uses=(*chosen[-1].uses, *(use for use in hit.uses if use.id not in known)))
        else:
            refused.extend((hit.start, hit.end, use, Refusal.LONGER) for use in hit.uses)
    return [hit for hit in chosen if all(use.id for use in hit.uses)]
