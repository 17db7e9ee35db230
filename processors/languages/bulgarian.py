"""Bulgarian, which has articles at the end of words and no cases."""

from collections.abc import Iterable
from typing import Final

from processors.catalogue.model import How
from processors.languages.grammar import Grammar
from processors.languages.slavic import COMPOUND, Endings, declined, each, flat

_PEOPLE: Final[Endings] = (
    ("ец", "ец еца/ецът/ецо ци/ците"),
    ("нин", "нин нина/нинът ни/ните"),
    ("ин", "ин ина/инът и/ите"),
    ("як", "як яка/якът ци/яци/яците"),
    ("к", "к ка/кът ци/ците"),
    ("ка", "ка ката ки/ките"),
    ("иня", "иня инята ини/ините"),
    ("и", "и ите"),
    *each("бвгджзлмнпрстфхцчш", "- а/ът и/ите"),
)
_ADJECTIVE: Final = ("и", "ия", "ият", "а", "ата", "о", "ото", "ите", "о-")


_ARTICLES: Final[Endings] = (
    ("ски", "ския/ският/ските"),
    ("ен", "ния/ният"),
    ("а", "ата"),
    ("я", "ята"),
    ("о", "ото"),
    ("е", "ето"),
    ("и", "ите"),
    ("й", "я/ят"),
    *each("бвгджзклмнпрстфхцчшщ", "а/ът"),
)


def forms(alias: str, how: How) -> Iterable[str]:
    """Return an alias with articles, and a demonym in its plural too."""
    if alias.endswith(COMPOUND) or alias.isascii():
        return (alias,)
    if how is How.DEMONYM and " " not in alias:
        return _demonym(alias)
    if " " in alias and how is not How.PERSON:
        return [alias, *_with_article(alias)]
    return (alias,)


def _demonym(alias: str) -> Iterable[str]:
    if alias.endswith("ки"):
        return [alias.removesuffix("и") + end for end in _ADJECTIVE]
    return [alias, *flat(declined(alias, (_PEOPLE,)))]


def _with_article(phrase: str) -> Iterable[str]:
    first, _, rest = phrase.partition(" ")
    return (f"{form} {rest}" for form in flat(declined(first, (_ARTICLES,))))


GRAMMAR = Grammar(forms=forms)
