"""Declension of Russian and Ukrainian by pymorphy3, while the catalogue is compiled."""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from processors.catalogue.model import How
from processors.languages.slavic import COMPOUND, Cases, Endings, declined, flat, phrase_forms

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse

_CASES: Final = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_DECLINE: Final = {"NOUN", "ADJF", "PRTF"}
_FIXED: Final = ("о", "е", "и", "у", "ю", "і", "э", "ы")
"""Vowels that foreign names which don't decline end in."""


@cache
def _analyzer(lang: str) -> "MorphAnalyzer":
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang=lang)


class Morphology(NamedTuple):
    """A language of pymorphy3, and endings for names and for people that it doesn't know."""

    lang: str
    endings: Endings
    people: Endings

    def forms(self, alias: str, how: How) -> Iterable[str]:
        """Return all forms of an alias that is written in its dictionary form."""
        if alias.endswith(COMPOUND) or alias.isascii():
            return (alias,)
        plain = alias.replace("’", "'").replace("ʼ", "'")
        if " " not in plain and (how is How.DEMONYM or plain.islower()):
            return [plain, *self._all_forms(plain.lower())]
        return [plain, *phrase_forms(plain, lambda word: self._cases(word.lower()))]

    def _readings(self, word: str, *, people: bool = False) -> "list[Parse]":
        """Return what a word may be as a nominative; of guesses the likeliest. Words for people always decline."""
        parses = [p for p in _analyzer(self.lang).parse(word) if "nomn" in p.tag and p.tag.POS in _DECLINE]
        known = [p for p in parses if p.is_known]
        if known:
            bending = [p for p in known if "Fixd" not in p.tag]
            return known[:1] if "Fixd" in known[0].tag and not people else bending or known
        return [] if word.endswith(_FIXED) else parses[:2]

    @cache  # noqa: B019 - there are two of them, and a compilation soon ends
    def _cases(self, word: str) -> Cases:
        """Return a word's forms by case, in the number and gender that it is written in."""
        readings = self._readings(word)
        if len(word) == 1:
            return ((word,),)
        guess = declined(word, () if any(p.is_known for p in readings) else (self.endings,))
        made = [form for reading in readings for form in reading.lexeme if _agrees(form, reading)]
        return [
            tuple(dict.fromkeys((*(form.word for form in made if case in form.tag), *_at(guess, number))))
            for number, case in enumerate(_CASES)
        ]

    def _all_forms(self, word: str) -> Iterable[str]:
        """Return every form of an adjective or a word for people, and the adjective as first half of a compound."""
        before, hyphen, last = word.rpartition("-")
        readings = self._readings(last, people=True)
        known = any(reading.is_known for reading in readings)
        ends = [form.word for reading in readings for form in reading.lexeme if _same_part(form, reading)]
        ends += [] if known else flat(declined(last, (self.people,)))
        if last.endswith("ий"):
            ends.append(last.removesuffix("ий") + "о" + COMPOUND)
        return (before + hyphen + end for end in ends)


def _agrees(form: "Parse", reading: "Parse") -> bool:
    same = (form.tag.number, form.tag.gender) == (reading.tag.number, reading.tag.gender)
    return same and _same_part(form, reading)


def _same_part(form: "Parse", reading: "Parse") -> bool:
    return form.tag.POS == reading.tag.POS and "Supr" not in form.tag


def _at(cases: Cases, number: int) -> tuple[str, ...]:
    return cases[min(number, len(cases) - 1)]
