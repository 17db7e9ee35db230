"""Czech. Cases in the tables: nominative, genitive, dative, accusative, instrumental, locative."""

from collections.abc import Iterable
from typing import Final

from processors.languages.grammar import Grammar
from processors.languages.slavic import Declension, Endings, declined, each, flat

NAMES: Final[Endings] = (
    ("ie", "ie ie ii ii ií ii"),
    ("ea", "ea eje/ey eji eu/eju eou/ejí eji"),
    ("ka", "ka ky ce ku kou ce"),
    ("cha", "cha chy še chu chou še"),
    ("ha", "ha hy ze hu hou ze"),
    ("ga", "ga gy ze gu gou ze"),
    ("ra", "ra ry ře ru rou ře"),
    ("ňa", "ňa ni/ně ni ňu/ni ňou ni"),
    ("ža", "ža ži/že ži žu/ži žou ži"),
    ("la", "la ly le lu lou le"),
    ("sa", "sa sy se su sou se"),
    ("za", "za zy ze zu zou ze"),
    ("a", "a y ě u ou ě"),
    ("o", "o a u o em u/ě"),
    ("ství", "ství ství ství ství stvím ství"),
    ("í", "í í í í ím í"),
    ("pť", "pť pti pti pť ptí pti"),
    ("ť", "ť ti/tě ti ť tí ti"),
    ("ň", "ň ně/ni ni ň ní ni"),
    ("ž", "ž že/ži ži ž/že ží/žem ži"),
    ("š", "š še/ši ši š/še ší/šem ši"),
    ("el", "el ele/elu/ela eli/elu el/ela elem eli/elu"),
    ("ek", "ek ku/ka ku/kovi ek/ka kem ku"),
    ("aty", "aty atů atům aty aty atech"),
    ("áty", "áty átů átům áty áty átech"),
    ("y", "y - ám y ami ách"),
    *each("bdfghklmnprstvwxzc", "- u/a u/ovi -/a em u/ě/e"),
)
ADJECTIVES: Final[Endings] = (
    ("á", "á é é ou ou é"),
    ("ý", "ý ého ému ý/ého ým ém"),
    ("é", "é ých/ého ým/ému é ými/ým ých/ém"),
    ("í", "í í/ího/ích í/ímu í/ího í/ím/ími í/ím/ích"),
)
PEOPLE: Final[Endings] = (
    ("ec", "ec ce/ci ci/covi/cům ce/ců cem/ci ci/cích/cové"),
    ("ek", "ek ka/ci kovi/kům ka/ků kem/ky kovi/cích"),
    ("ák", "ák áka/áci ákovi/ákům áka/áků ákem/áky ákovi/ácích"),
    ("ch", "ch cha/ši chovi/chům cha/chů chem/chy chovi/ších"),
    ("ka", "ka ky/ek ce/kám ku kou/kami ce/kách"),
    ("yně", "yně yně/yň yni/yním yni yní/yněmi yni/yních"),
    ("š", "š še/ši šovi/šům še/šů šem/ši šovi/ších"),
    *each("bdfghjklmnprstvz", "- a/i/é ovi/ům a/ů em/y ovi/ech/ové"),
)
_ADJECTIVE: Final = ("ý", "ého", "ému", "ém", "ým", "á", "é", "ou", "ých", "ými", "o-")
_POSSESSIVE: Final = ("ův", "ova", "ovo", "ově", "ovu", "ovou", "ovi", "ovy", "ových", "ovým", "ovými")


def _demonym(word: str) -> Iterable[str]:
    if not word.endswith("ký"):
        return flat(declined(word, (PEOPLE,)))
    stem = word.removesuffix("ý")
    plural = stem.removesuffix("sk") + "ští" if stem.endswith("sk") else stem.removesuffix("ck") + "čtí"
    return [*(stem + end for end in _ADJECTIVE), plural]


def _possessive(surname: str) -> Iterable[str]:
    if surname.endswith(("á", "í", "ý", "é", "e", "i", "u", "y")):
        return ()
    return (surname.removesuffix("a").removesuffix("o") + end for end in _POSSESSIVE)


GRAMMAR = Grammar(forms=Declension((NAMES, ADJECTIVES), _demonym, _possessive).forms)
