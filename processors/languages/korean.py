"""Korean: particles and other nouns are written together with a name.

After most names anything may follow in the word (한국영화, 미국팀), after names that are also common words
(인도, 수단, 이란) only particles and nouns that go with states.
"""

from typing import Final

from processors.catalogue.model import How
from processors.languages.grammar import Grammar

_COMMON: Final = (
    "인도|수단|오만|이란|가나|말리|차드|통가|기니|가봉|페루|피지|타이|몰타|부탄|토고|콩고|괌도|중공|미제|반미|친미"
    "|파리|로마|리마|다카|키토|알제|로메|말레|사나|주바|나소|리가|베른|수바|딜리|방기|로조|도하|런던|델리|동경|수크"
    "|주미|주한|방한|방미|재일|반일|대미|대남|항일|미러|러일|남북|북남|북미|영미|이북|월북|북측|미측|일제|양안|한일"
)
_SUFFIXES: Final = "군|측|산|제|발|전|팀|인|계|식|형|판|내|행|령"
_NOUNS: Final = (
    "정부|당국|정권|대통령|총리|외무장관|외무부|외교부|국방부|국방장관|대표|영화|선수|시장|경제|핵|국민|국왕|의회|언론|대사|여행|관광"
    "|출신|남부|북부|동부|서부|전역|현지|시간|시각|어선|유학생|노동자|대회|올림픽|월드컵|공항|협정|조약|협상|회담|관계"
    "|전쟁|제재|송금|축구|사람"
)
_PARTICLES: Final = (
    "들?(?:에서는|에서도|에서만|에서의|에서|에선|에게는|에게서|에게|에는|에도|에만|에의|엔|에|께서|께|으로부터|로부터|으로서는|로서는"
    "|으로서|로서|으로써|로써|으로의|로의|으로는|로는|으로도|로도|으로|로|까지의|까지|부터|처럼|보다|마저|조차|뿐만|뿐|만의|만이|만"
    "|이라고|라고|이라는|라는|이라며|라며|이란|란|이라면|라면|이라|라|이던|이었던|이었다|였다|이고|이며|이자|이나|이다|입니다|이라도|라도"
    "|과의|와의|과는|와는|과도|와도|은|는|이|가|을|를|의|과|와|도|간|나|랑|이랑|하고|등|등의|등이|등은|등에|든|이든|대로|같은|밖에)?"
)
_TITLES: Final = (
    "대통령|총리|장관|주석|국무위원장|위원장|특사|총장|의장|국왕|왕세자|여왕|대사|상원의원|의원|후보|당선인"
    "|정부|정권|행정부|내각|씨|측|계"
)

_AFTER: Final = (
    rf"(?<=[一-鿿])(?:[가-힣]\w*)?|(?<=[가-힣]{{2}})(?<!{_COMMON})\w+"
    rf"|(?<=[가-힣]{{2}})(?:{_NOUNS})\w*|(?:{_SUFFIXES})?{_PARTICLES}"
)
_ANYTHING: Final = r"(?<![a-z0-9])\w+|[가-힣]+"
_BEFORE: Final = "[대주친반재탈혐구對駐反親]"

GRAMMAR = Grammar(
    before=_BEFORE,
    after=_AFTER,
    after_by={How.PERSON: rf"(?:前|전)?(?:{_TITLES})?{_PARTICLES}", How.TOPIC: _ANYTHING},
)
