"""Where in an article something stands: its title, its body, its dateline, or the source's own boilerplate."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final


class Zone(StrEnum):
    """A part of an article."""

    TITLE = "title"
    BODY = "body"
    DATELINE = "dateline"
    BOILERPLATE = "boilerplate"


ASIDE: Final = frozenset({Zone.DATELINE, Zone.BOILERPLATE})
"""Zones whose names tell where a report was written or what else there is to read, not what it is about."""

_DATELINE: Final = re.compile(
    r"""\s*(?:
      [^\n.!?:;]{2,60}?\((?:[^()\n]{2,40})\)\s*(?:[-–—:]+)                     # MOSCOW, Sept 12 (Reuters) -
    | [(（][^()（）\n]{1,20}[=＝][^()（）\n]{1,20}[)）]                          # (서울=연합뉴스)
    | [^\n。，,]{0,12}(?:社|网|網|报|報)?[^\n。，,]{0,8}\d{1,2}月\d{1,2}日[电電讯訊]  # 新华社北京9月12日电
    | [^\n.!?:;]{2,30}?[,،]?\s\d{1,2}\.?\s\w{3,12}[^\n.!?:;]{0,20}?\s?(?:[-–—:/]+|\.\s/)      # Paris, 3 mars -
    | [^\n.!?:;()،,]{2,30}\s?[-–—]\s?(?:[^\n.!?:;()]{2,25}?)(?:\s?[-–—:]+\s|:)         # موسكو - رويترز -
    | (?-i:[A-Z][A-Z .'-]{3,30})(?:,\s[A-Z][\w. ]{2,30})?\s[-–—]+\s                      # MOSCOW -
    )""",
    re.VERBOSE,
)
_DATELINE_ENDS: Final = re.compile("[-–—:/=＝电電讯訊]")
"""What every dateline has, which most beginnings have not."""

_BOILERPLATE: Final = re.compile(
    r"""\s*(?:read\s(?:also|more)|see\salso|related(?:\sarticles|\sstories)?|reporting\sby|editing\sby|additional\sreporting
    |اقرأ\s(?:أيضا|أيضاً|المزيد)|مقالات\s(?:مشابهة|ذات\sصلة)|المصدر\s?:|читайте\s(?:также|ещ[её])|по\sтеме|читайте\sтакож
    |lire\saussi|à\slire|voir\saussi|lea\stambién|le\spuede\sinteresar|leia\s(?:também|mais)|leggi\sanche|mehr\szum\sthema
    |lesen\ssie\sauch|czytaj\s(?:też|także|więcej)|čtěte\staké|preberite\studi|прочетете\sоще|ayrıca\soku|bunu\sda\soku|ilgili\shaber
    |بیشتر\sبخوانید|همچنین\sبخوانید|مزید\sپڑھیں|यह\sभी\sपढ़ें|קראו\sגם|קרא\sעוד|延伸阅读|延伸閱讀|相关(?:阅读|新闻)|責任編輯|责任编辑
    |関連(?:記事|ニュース)|관련\s?기사|무단\s?전재)[^\n]*""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_DATELINE: Final = 120


def zones_of(title: str, gap: str, body: str) -> list[tuple[int, Zone]]:
    """Return where the zones of an article begin in its text, which is title, gap and body, in order."""
    begin = len(title) + len(gap)
    head = body[:_LONGEST_DATELINE]
    dateline = _DATELINE.match(head) if _DATELINE_ENDS.search(head) else None
    zones = [(0, Zone.TITLE)]
    if dateline:
        zones.append((begin, Zone.DATELINE))
    zones.append((begin + (dateline.end() if dateline else 0), Zone.BODY))
    for line in filter(None, (_BOILERPLATE.match(body, start) for start in _lines(body))):
        zones += [(begin + line.start(), Zone.BOILERPLATE), (begin + line.end(), Zone.BODY)]
    return zones


def _lines(body: str) -> Iterator[int]:
    """Yield where the lines of a text begin."""
    start = 0
    while start >= 0:
        yield start
        start = body.find("\n", start) + 1 or -1
