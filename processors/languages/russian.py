"""Russian."""

from typing import Final

from processors.languages.grammar import Grammar
from processors.languages.morphology import Morphology
from processors.languages.slavic import Endings, each

UNKNOWN: Final[Endings] = (
    ("ия", "ия ии ии ию ией ии"),
    ("ая", "ая ой ой ую ой ой"),
    ("я", "я и е ю ей е"),
    ("а", "а ы/и е у ой/ою е"),
    ("ий", "ий ия/ого/его ию/ому/ему ий ием/им ии/ом/ем"),
    ("й", "й я ю й/я ем е"),
    ("ь", "ь я/и ю/и ь/я ем/ью е/и"),
    ("ы", "ы ов/- ам ы ами ах"),
    ("ин", "ин ина ину ин/ина ином/иным ине"),
    ("ын", "ын ына ыну ын/ына ыном/ыным ыне"),
    ("ов", "ов ова ову ов/ова овом/овым ове"),
    ("ев", "ев ева еву ев/ева евом/евым еве"),
    *each("бвгджзклмнпрстфхцчшщ", "- а у -/а ом/ем е"),
)
PEOPLE: Final[Endings] = (
    ("ский", "ский ского скому ским ском ская ской скую ское ские ских скими"),
    ("ец", "ец ца цу цем це цы цев цам цами цах"),
    ("ка", "ка ки ке ку кой кою кам ками ках"),
    ("", "- а у ом е ы ов ам ами ах"),
)
GRAMMAR = Grammar(forms=Morphology("ru", UNKNOWN, PEOPLE).forms)
