"""Texts in several languages and scripts whose actors and topics are known because they were put there."""

from typing import Final
from zlib import crc32

import msgspec

from processors.catalogue import Catalogue

STATES: Final = (
    "AE", "AR", "BR", "BY", "CA", "CN", "CU", "DE", "EG", "FR", "HU", "ID", "IL", "IN", "IQ", "IT", "JP",
    "KP", "KR", "KZ", "MX", "PK", "PL", "QA", "RU", "SA", "SY", "TR", "UA", "US", "VE", "VN", "ZA",
)  # fmt: skip
PEOPLE: Final = {
    "person/vladimir-putin": "state/RU",
    "person/kim-jong-un": "state/KP",
    "person/xi-jinping": "state/CN",
    "person/alexander-lukashenko": "state/BY",
}
"""People, each with the state that their office stands for."""

ORGANISATIONS: Final = ("org/nato", "org/european-union")
ACTORS: Final = (*(f"state/{code}" for code in STATES), *PEOPLE, *ORGANISATIONS)

ABOVE: Final = {
    "military-cooperation": ("security",),
    "missile-programme": ("security",),
    "arms-transfer": ("security",),
    "satellites": ("space-technology", "science"),
    "space-technology": ("science",),
    "summit": ("diplomacy",),
    "trade": ("economy",),
}
"""The topics, each with those above it."""

TOPICS: Final = ("military-cooperation", "missile-programme", "arms-transfer", "satellites", "summit", "trade")
"""The topics of the texts."""


FIGURES: Final = 40
"""Figures at the end of each report; what the reports of one language have in common is shorter."""


class Language(msgspec.Struct, frozen=True):
    """How a report is written in one language."""

    title: str
    opening: str
    about: str
    added: str
    terms: dict[str, str]


LANGUAGES: Final = {
    "en": Language(
        "Report {number}",
        "Report {number} of our correspondent names {actors}, as it was heard this morning.",
        "It was mostly about this: {term}.",
        "Later in the day somebody also named {actors}.",
        {
            "military-cooperation": "military cooperation",
            "missile-programme": "missile tests",
            "arms-transfer": "arms transfers",
            "satellites": "spy satellite",
            "summit": "summit meeting",
            "trade": "trade agreement",
        },
    ),
    "ar": Language(
        "خبر {number}",
        "يذكر الخبر {number} الذي كتبه مراسلنا هذا الصباح: {actors}.",
        "وكان الحديث عن هذا: {term}.",
        "وذكر لاحقا: {actors}.",
        {
            "military-cooperation": "التعاون العسكري",
            "missile-programme": "تجربة صاروخ باليستي",
            "arms-transfer": "صفقة أسلحة",
            "satellites": "إطلاق قمر صناعي",
            "summit": "قمة ثنائية",
            "trade": "تبادل تجاري",
        },
    ),
    "ru": Language(
        "Заметка {number}",
        "В заметке {number} нашего корреспондента сегодня утром названы: {actors}.",
        "Речь шла вот о чём: {term}.",
        "Позже были названы и другие: {actors}.",
        {
            "military-cooperation": "военное сотрудничество",
            "missile-programme": "баллистическая ракета",
            "arms-transfer": "поставки оружия",
            "satellites": "запуск спутника",
            "summit": "саммит лидеров",
            "trade": "товарооборот",
        },
    ),
    "ko": Language(
        "기사 {number}",
        "오늘 아침 우리 기자가 쓴 기사 {number} 에 나온 이름: {actors}.",
        "내용: {term}.",
        "나중에 나온 이름: {actors}.",
        {
            "military-cooperation": "군사 협력",
            "missile-programme": "탄도미사일",
            "arms-transfer": "무기 거래",
            "satellites": "정찰위성",
            "summit": "정상회담",
            "trade": "자유무역협정",
        },
    ),
    "zh": Language(
        "报道 {number}",
        "本报今早的报道 {number} 提到了以下名字: {actors}。",
        "内容是: {term}。",
        "后来又提到: {actors}。",
        {
            "military-cooperation": "军事合作",
            "missile-programme": "试射弹道导弹",
            "arms-transfer": "军售",
            "satellites": "人造卫星",
            "summit": "领导人峰会",
            "trade": "贸易协定",
        },
    ),
    "fr": Language(
        "Note {number}",
        "La note {number} de notre correspondante, parue ce matin, nomme : {actors}.",
        "On y parle surtout de ceci : {term}.",
        "Plus tard, elle a aussi nommé : {actors}.",
        {
            "military-cooperation": "coopération militaire",
            "missile-programme": "missiles balistiques",
            "arms-transfer": "vente d'armes",
            "satellites": "lancement d'un satellite",
            "summit": "sommet bilatéral",
            "trade": "accord commercial",
        },
    ),
    "es": Language(
        "Nota {number}",
        "La nota {number} de nuestra corresponsal, publicada esta mañana, nombra a: {actors}.",
        "Trata sobre todo de esto: {term}.",
        "Más tarde nombró también a: {actors}.",
        {
            "military-cooperation": "cooperación militar",
            "missile-programme": "misiles balísticos",
            "arms-transfer": "venta de armas",
            "satellites": "satélite espía",
            "summit": "cumbre bilateral",
            "trade": "acuerdo comercial",
        },
    ),
    "tr": Language(
        "Haber {number}",
        "Muhabirimizin bu sabah yazdığı {number} numaralı haberde geçen adlar: {actors}.",
        "Konu şuydu: {term}.",
        "Daha sonra geçen adlar: {actors}.",
        {
            "military-cooperation": "askeri iş birliği",
            "missile-programme": "balistik füze",
            "arms-transfer": "silah satışı",
            "satellites": "casus uydu",
            "summit": "liderler zirvesi",
            "trade": "ticaret anlaşması",
        },
    ),
}


class Named(msgspec.Struct, frozen=True):
    """What a text names: the actors with the states that they stand for, the topics with those above them."""

    actors: frozenset[str]
    topics: frozenset[str]

    def pairs(self) -> list[tuple[str, str]]:
        """Return its pairs, in order; a person makes none with the state it stands for."""
        ordered = sorted(self.actors)
        together = [(one, other) for i, one in enumerate(ordered) for other in ordered[i + 1 :]]
        return [(one, other) for one, other in together if PEOPLE.get(one) != other]


def named(actors: tuple[str, ...], topics: tuple[str, ...]) -> Named:
    """Return what a text about these names."""
    states = (PEOPLE[actor] for actor in actors if actor in PEOPLE)
    above = (name for topic in topics for name in ABOVE[topic])
    return Named(frozenset((*actors, *states)), frozenset((*topics, *above)))


def write(
    catalogue: Catalogue, lang: str, number: int, actors: tuple[str, ...], topics: tuple[str, ...]
) -> tuple[str, str]:
    """Return the title and the body of a report that is no copy of another."""
    form = LANGUAGES[lang]
    opening = form.opening.format(number=number, actors=_listed(catalogue, lang, actors))
    about = (form.about.format(term=form.terms[topic]) for topic in topics)
    return form.title.format(number=number), " ".join((opening, *about, *_figures(number)))


def _figures(number: int) -> list[str]:
    """Return what only one report holds: so much of it that two reports are no copies of each other."""
    return [f"{crc32(f'{number} {place}'.encode()):010}" for place in range(FIGURES)]


def addition(catalogue: Catalogue, lang: str, actors: tuple[str, ...]) -> str:
    """Return the sentence by which a revision names further actors."""
    return LANGUAGES[lang].added.format(actors=_listed(catalogue, lang, actors))


def _listed(catalogue: Catalogue, lang: str, actors: tuple[str, ...]) -> str:
    return " · ".join(catalogue.label(actor, lang) for actor in actors)
