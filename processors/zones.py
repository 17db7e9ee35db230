"""Where in an article something stands: its title, its body, its dateline, or the source's own boilerplate."""

import re
from bisect import bisect_right
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

_BOILERPLATE: Final = re.compile(
    r"""^\s*(?:read\s(?:also|more)|see\salso|related(?:\sarticles|\sstories)?|reporting\sby|editing\sby|additional\sreporting
    |اقرأ\s(?:أيضا|أيضاً|المزيد)|مقالات\s(?:مشابهة|ذات\sصلة)|المصدر\s?:|читайте\s(?:также|ещ[её])|по\sтеме|читайте\sтакож
    |lire\saussi|à\slire|voir\saussi|lea\stambién|le\spuede\sinteresar|leia\s(?:também|mais)|leggi\sanche|mehr\szum\sthema
    |lesen\ssie\sauch|czytaj\s(?:też|także|więcej)|čtěte\staké|preberite\studi|прочетете\sоще|ayrıca\soku|bunu\sda\soku|ilgili\shaber
    |بیشتر\sبخوانید|همچنین\sبخوانید|مزید\sپڑھیں|यह\sभी\sपढ़ें|קראו\sגם|קרא\sעוד|延伸阅读|延伸閱讀|相关(?:阅读|新闻)|責任編輯|责任编辑
    |関連(?:記事|ニュース)|관련\s?기사|무단\s?전재)[^\n]*$""",
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
_LONGEST_DATELINE: Final = 120


class Zones:
    """The zones of one article's body."""

    def __init__(self, body: str) -> None:
        dateline = _DATELINE.match(body[:_LONGEST_DATELINE])
        self._dateline = dateline.end() if dateline else 0
        self._boilerplate = [line.span() for line in _BOILERPLATE.finditer(body)]
        self._lines = [first for first, _ in self._boilerplate]

    def of(self, start: int) -> Zone:
        """Return the zone of what begins at `start` of the body."""
        if start < self._dateline:
            return Zone.DATELINE
        line = bisect_right(self._lines, start) - 1
        return Zone.BOILERPLATE if line >= 0 and start < self._boilerplate[line][1] else Zone.BODY

    def spans(self) -> Iterator[tuple[Zone, int, int]]:
        """Yield the zones that are not the body itself."""
        if self._dateline:
            yield Zone.DATELINE, 0, self._dateline
        for first, last in self._boilerplate:
            yield Zone.BOILERPLATE, first, last
