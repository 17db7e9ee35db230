"""Find every alias of the catalogue in a text, in one pass."""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from operator import attrgetter
from typing import Final, NamedTuple

import msgspec
from ahocorasick_rs import AhoCorasick, Implementation

from processors.aliases import ANY
from processors.boundaries import LONGEST_WORD, is_letter, is_unspaced, word_start
from processors.catalogue.model import How
from processors.guards import Context, Guard, Refusal, beside_a_person
from processors.lexicon import Lexicon, Phrase, Use, Word
from processors.normalise import Normalised
from processors.prospects import Prospects
from processors.terms import PhraseBook, PhraseReader

_SHORT_WORD: Final = 3
"""Characters of a space and the Arabic article."""


class Mention(msgspec.Struct, frozen=True, gc=False):
    """Where a text names an actor or hints at a topic; `start` and `end` are code points of the field as it came."""

    field: str
    start: int
    end: int
    text: str
    id: str
    how: How
    zone: str = "body"


class Hit(msgspec.Struct, frozen=True, gc=False):
    """A form found in a text, with what it may stand for."""

    start: int
    end: int
    uses: tuple[Use, ...]


Term = tuple[Phrase, int, int]
"""A term of a topic found in a text, with its start and end."""


_uses, _place = attrgetter("uses"), attrgetter("start")


class Found(NamedTuple):
    """What was found in one text; `refused` tells what looks like an alias and why it does not count."""

    actors: list[Hit]
    terms: list[Term]
    refused: list[tuple[int, int, Use, Refusal]]


class _Plan(msgspec.Struct, frozen=True):
    """How the forms of a sense are looked at where they were found: what may stand around it, and what they stand for.

    `plain` uses count wherever they stand; what counts `once` need not be looked for again.
    """

    open_before: bool
    open_after: bool
    unspaced: bool
    before: Callable[[str], bool] | None
    after: re.Pattern[str] | None
    uses: tuple[Use, ...]
    plain: bool
    words: tuple[tuple[int, Word], ...]
    once: bool


class Matcher:
    """All aliases and terms of one language as one automaton."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._automaton = AhoCorasick(
            lexicon.forms, implementation=Implementation.ContiguousNFA
        )  # twice as fast as its default; a DFA would be little faster, and ten times as large
        numbers = range(len(lexicon.senses))
        self._sense_of = [*map([*numbers].__getitem__, lexicon.sense_of)]  # one object for each number, to save memory
        self._book = PhraseBook(lexicon.phrases, len(lexicon.words), spaced=lexicon.spaced)
        self._plan = _planner(lexicon, self._book)
        self._prospects = Prospects(lexicon)
        guards, spaced, clitics = lexicon.guards, lexicon.spaced, lexicon.clitics
        self._guard = cache(  # made when its alias is first met: there are thousands
            lambda number: Guard(guards[number], spaced=spaced, clitics=clitics)
        )

    def occurrences(self, seen: Normalised) -> list[tuple[int, int, int]]:
        """Return every occurrence of a form in a text, as its number, start and end, word or not."""
        found: list[tuple[int, int, int]] = self._automaton.find_matches_as_indexes(seen.text, overlapping=True)
        return found

    def find(self, text: str, seen: Normalised, *, thorough: bool = False) -> Found:
        """Return what is in a text; `seen` is its matching form. The longest alias wins.

        A `thorough` look takes in what cannot count, such as surnames without a full name, to say so.
        """
        found, hits, context = Found([], [], []), list[Hit](), Context(seen.text)
        letters = seen.text + " "  # so that there is something beside every form
        reader = PhraseReader(self._book, letters, lambda *term: _take(term, found, hits))
        occurrences = self.occurrences(seen)
        sense_of = self._sense_of
        hopeless = (
            set[int]() if thorough else self._prospects.hopeless({sense_of[index] for index, _, _ in occurrences})
        )
        for index, start, end in occurrences:
            sense = sense_of[index]
            if sense in hopeless:
                continue
            plan = self._plan(sense)
            if (letters[start - 1] != " " and not _begins(plan, letters, start)) or (
                letters[end] != " " and not _ends(plan, letters, end)
            ):
                continue
            if plan.uses:
                hit = Hit(start, end, plan.uses)
                hits.append(hit if plan.plain else self._counted(hit, text, seen, context, found.refused))
            for number, word in plan.words:
                if not (word.cased or word.written) or _as_written(word, text, seen, start, end) is None:
                    reader.word(number, start, end)
            if plan.once:
                hopeless.add(sense)
        found.actors.extend(_leftmost_longest(hits, found.refused))
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
            elif not uses or all(use.id != other.id for other in uses):
                uses.append(use)
        return hit if len(uses) == len(hit.uses) else Hit(hit.start, hit.end, tuple(uses))

    def _refusal(self, use: Use, hit: Hit, text: str, seen: Normalised, context: Context) -> Refusal | None:
        why = _as_written(use, text, seen, hit.start, hit.end) if use.cased or use.exact else None
        if why is not None or use.guard < 0:
            return why
        guard = self._guard(use.guard)
        if guard.not_person and beside_a_person(text, *seen.span(hit.start, hit.end)):
            return Refusal.PERSON
        return guard.refusal(seen.text, hit.start, hit.end, context)


def _planner(lexicon: Lexicon, book: PhraseBook) -> Callable[[int], _Plan]:
    """Return what makes the plan of a sense when it is first met in a text, which most never are."""
    edges = [(_clitics(before), _compiled(after, "(?![^\\W_])")) for before, after in lexicon.edges]
    unspaced = not lexicon.spaced or lexicon.lang == ANY
    senses, all_uses, all_words = lexicon.senses, lexicon.uses, lexicon.words

    def plan(number: int) -> _Plan:
        sense = senses[number]
        uses = tuple([all_uses[use] for use in sense.uses])
        plain = len(uses) == 1 and not (uses[0].guard >= 0 or uses[0].cased or uses[0].exact)
        words = tuple([(word, all_words[word]) for word in sense.words])
        once = not uses and all(book.once(number) and not (word.cased or word.written) for number, word in words)
        return _Plan(sense.open_before, sense.open_after, unspaced, *edges[sense.edge], uses, plain, words, once)

    return cache(plan)


def _begins(plan: _Plan, text: str, start: int) -> bool:
    """Tell whether a word begins there, but for what the language writes together with it."""
    if plan.open_before or not is_letter(beside := text[start - 1]):
        return True
    if plan.unspaced and is_unspaced(beside):
        return True
    if plan.before is None:
        return False
    if start >= _SHORT_WORD and text[start - _SHORT_WORD] == " ":
        return plan.before(text[start - _SHORT_WORD + 1 : start])  # most often, and told soonest
    least = start - LONGEST_WORD if start > LONGEST_WORD else 0
    return plan.before(text[text.rfind(" ", least, start) + 1 : start])


def _ends(plan: _Plan, text: str, end: int) -> bool:
    """Tell whether a word ends there, but for what the language writes together with it."""
    if plan.open_after or not is_letter(beside := text[end]):
        return True
    if plan.unspaced and is_unspaced(beside):
        return True
    return plan.after is not None and plan.after.match(text, end) is not None


def _clitics(pattern: str) -> Callable[[str], bool] | None:
    """Return what tells whether a text ends with nothing but what is written together with a word; few are many."""
    if not pattern:
        return None
    clitics = re.compile(pattern)
    return lru_cache(maxsize=4096)(lambda text: clitics.fullmatch(text, word_start(text, len(text))) is not None)


def _compiled(pattern: str, end: str = "") -> re.Pattern[str] | None:
    return re.compile(f"(?:{pattern}){end}") if pattern else None


def _as_written(wanted: Use | Word, text: str, seen: Normalised, start: int, end: int) -> Refusal | None:
    """Return what is wrong with how a text writes what needs a capital, or capitals."""
    first, last = seen.span(start, end)
    if wanted.exact and text[first:last].replace("\u00a0", " ") != wanted.written:
        return Refusal.NOT_AS_WRITTEN
    return None if text[first].isupper() else Refusal.NO_CAPITAL


def _take(term: Term, found: Found, hits: list[Hit]) -> None:
    phrase, start, end = term
    if phrase.use is None:
        found.terms.append(term)
    else:
        hits.append(Hit(start, end, (phrase.use,)))


def _leftmost_longest(hits: list[Hit], refused: list[tuple[int, int, Use, Refusal]]) -> list[Hit]:
    """Return the hits of which none lies over another, with what the others may stand for refused."""
    chosen: list[Hit] = []
    latest = 0
    for hit in sorted(filter(_uses, hits), key=_place):
        if hit.start >= latest:
            chosen.append(hit)
        elif hit.end == chosen[-1].end and hit.start == chosen[-1].start:
            known = {use.id for use in chosen[-1].uses}
            uses = (*chosen[-1].uses, *(use for use in hit.uses if use.id not in known))
            chosen[-1] = Hit(hit.start, hit.end, uses)
        elif hit.start == chosen[-1].start and hit.end > latest:
            refused.extend((hit.start, latest, use, Refusal.LONGER) for use in chosen[-1].uses)
            chosen[-1] = hit
        else:
            refused.extend((hit.start, hit.end, use, Refusal.LONGER) for use in hit.uses)
        latest = chosen[-1].end
    return [hit for hit in chosen if all(use.id for use in hit.uses)]
