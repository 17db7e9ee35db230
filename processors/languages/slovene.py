"""Slovene. Cases in the tables: nominative, genitive, dative, accusative, instrumental, locative."""

from collections.abc import Iterable
from typing import Final

from processors.languages.grammar import Grammar
from processors.languages.slavic import Declension, Endings, declined, each, flat

NAMES: Final[Endings] = (
    ("a", "a e i o o i"),
    ("o", "o a u o om u"),
    ("je", "je ja ju je jem ju"),
    ("ve", "ve av/v vam ve vami vah"),
    ("e", "e - am e ami ah"),
    ("i", "i ov/ev om/em e i ih"),
    ("ek", "ek ka ku ka/ek kom ku"),
    ("elj", "elj lja/elja lju/elju elj/lja ljem/eljem lju/elju"),
    ("er", "er ra/era ru/eru ra/er rom/erom ru/eru"),
    *each("cčžšj", "- a u -/a em/om u"),
    *each("bdfghklmnprstvwxyz", "- a u -/a om u"),
)
ADJECTIVES: Final[Endings] = (
    ("a", "a e i o o i"),
    ("i", "i ega emu i/ega im em"),
    ("o", "o ega emu o im em"),
    ("e", "e ih im e imi ih"),
)
PEOPLE: Final[Endings] = (
    ("ec", "ec ca/ci/cev cu/cem ca/ce cem/ci cu/cih"),
    ("ek", "ek ka/ki/kov ku/kom ka/ke kom/ki ku/kih"),
    ("ka", "ka ke/k ki/kam ko ko/kami ki/kah"),
    ("nja", "nja nje/nj nji/njam njo njo/njami nji/njah"),
    *each("žčš", "- a/i/ev u/em a/e em/i u/ih"),
    *each("bdfghklmnprstvz", "- a/i/je/ov u/om a/e om/i u/ih"),
)
_ADJECTIVE: Final = ("i", "ega", "emu", "em", "im", "a", "e", "o", "ih", "imi", "o-")
_POSSESSIVE: Final = ("ov", "ova", "ovo", "ove", "ovi", "ovega", "ovemu", "ovem", "ovim", "ovih", "ovimi")


def _demonym(word: str) -> Iterable[str]:
    if not word.endswith("ki"):
        return flat(declined(word, (PEOPLE,)))
    return [word.removesuffix("i") + end for end in _ADJECTIVE]


def _possessive(surname: str) -> Iterable[str]:
    if surname.endswith(("a", "e", "i", "u")):
        return ()
    return (surname.removesuffix("o") + end for end in _POSSESSIVE)


GRAMMAR = Grammar(forms=Declension((NAMES, ADJECTIVES), _demonym, _possessive).forms)
