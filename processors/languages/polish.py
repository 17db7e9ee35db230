"""Polish. Cases in the tables: nominative, genitive, dative, accusative, instrumental, locative."""

from collections.abc import Iterable
from typing import Final

from processors.languages.grammar import Grammar
from processors.languages.slavic import Declension, Endings, declined, each, flat

NAMES: Final[Endings] = (
    ("ja", "ja ji ji ję ją ji"),
    ("ia", "ia ii/i ii/i ię ią ii/i"),
    ("ea", "ea ei ei eę eą ei"),
    ("ua", "ua ui ui uę uą ui"),
    ("ka", "ka ki ce kę ką ce"),
    ("ga", "ga gi dze gę gą dze"),
    ("cha", "cha chy sze chę chą sze"),
    ("ta", "ta ty cie tę tą cie"),
    ("da", "da dy dzie dę dą dzie"),
    ("ra", "ra ry rze rę rą rze"),
    ("ła", "ła ły le łę łą le"),
    ("la", "la li li lę lą li"),
    ("ża", "ża ży ży żę żą ży"),
    ("ca", "ca cy cy cę cą cy"),
    ("a", "a y ie ę ą ie"),
    ("ko", "ko ka ku ko kiem ku"),
    ("o", "o a u o em ie/u"),
    ("rze", "rze rza rzu rze rzem rzu"),
    ("że", "że ża żu że żem żu"),
    ("i", "i i om i ami ach"),
    ("y", "y - om y ami ach"),
    ("uś", "uś usi usi uś usią usi"),
    ("ów", "ów owa owowi ów owem owie"),
    ("ń", "ń nia niowi ń/nia niem niu"),
    ("ek", "ek ku/ka kowi ek/ka kiem ku"),
    ("k", "k ku/ka kowi k/ka kiem ku"),
    ("ch", "ch chu/cha chowi ch/cha chem chu"),
    ("g", "g gu/ga gowi g/ga giem gu"),
    ("st", "st stu/sta stowi st/sta stem ście"),
    ("t", "t tu/ta towi t/ta tem cie"),
    ("d", "d du/da dowi d/da dem dzie"),
    ("rz", "rz rza rzowi rz/rza rzem rzu"),
    ("cz", "cz cza czowi cz/cza czem czu"),
    ("sz", "sz sza/szu szowi sz/sza szem szu"),
    ("r", "r ru/ra rowi r/ra rem rze"),
    ("ł", "ł łu/ła łowi ł/ła łem le"),
    ("l", "l lu/la lowi l/la lem lu"),
    ("ż", "ż ża/żu żowi ż/ża żem żu"),
    ("j", "j ju/ja jowi j/ja jem ju"),
    *each("bcfmnpsvwxz", "- u/a owi -/a em ie"),
)
ADJECTIVES: Final[Endings] = (
    ("ki", "ki kiego kiemu ki/kiego kim kim"),
    ("ka", "ka kiej kiej ką ką kiej"),
    ("kie", "kie kich/kiego kim/kiemu kie kimi/kim kich/kim"),
    ("a", "a ej ej ą ą ej"),
    ("i", "i iego iemu i/iego im im"),
    ("y", "y ego emu y/ego ym ym"),
    ("e", "e ych/ego ym/emu e ymi/ym ych/ym"),
)
PEOPLE: Final[Endings] = (
    ("anin", "anin anina/anie/an aninowi/anom anina/an aninem/anami aninie/anach"),
    ("niec", "niec ńca/ńcy ńcowi/ńcom ńców ńcem/ńcami ńcu/ńcach"),
    ("iec", "iec ca/cy cowi/com ców cem/cami cu/cach"),
    ("ek", "ek ka/cy kowi/kom ków kiem/kami ku/kach"),
    ("yk", "yk yka/ycy ykowi/ykom yków ykiem/ykami yku/ykach"),
    ("ik", "ik ika/icy ikowi/ikom ików ikiem/ikami iku/ikach"),
    ("k", "k ka/cy kowi/kom ków kiem/kami ku/kach"),
    ("ch", "ch cha/si chowi/chom chów chem/chami chu/chach"),
    ("g", "g ga/dzy gowi/gom gów giem/gami gu/gach"),
    ("t", "t ta/ci towi/tom tów tem/tami cie/tach"),
    ("d", "d da/dzi dowi/dom dów dem/dami dzie/dach"),
    ("r", "r ra/rzy/rowie rowi/rom rów rem/rami rze/rach"),
    ("sz", "sz sza/sze/szów szowi/szom szów szem/szami szu/szach"),
    ("ka", "ka ki/ek ce/kom kę/ki ką/kami ce/kach"),
    *each("bfłmnpswz", "- a/i/ie owi/om ów/owie em/ami ie/ach"),
)


def _demonym(word: str) -> Iterable[str]:
    if not word.endswith("ki"):
        return flat(declined(word, (PEOPLE,)))
    stem = word.removesuffix("i")
    plural = stem.removesuffix("k") + "cy"  # rosyjscy, niemieccy
    return [
        *flat(declined(word, (ADJECTIVES,))),
        *(stem + end for end in ("a", "iej", "ą", "ie", "ich", "imi")),
        plural,
        stem + "o-",
    ]


GRAMMAR = Grammar(forms=Declension((NAMES, ADJECTIVES), _demonym).forms)
