"""The alert: what Marsad tells its subscribers, as it stands on Kafka."""

import re
from collections.abc import Iterator
from typing import Annotated, Final

import msgspec

from alerts.rule import Why
from alerts.severity import Severity
from processors.article import TimeBasis
from processors.catalogue import How
from processors.counts import Counts
from processors.matcher import Mention
from processors.tags import TaggedArticle

_SENTENCE_END: Final = re.compile(r"(?<=[.!?؟])\s+|(?<=[。！？])|\n+")
LONGEST_QUOTE: Final = 1000
"""Characters of a title or a sentence that an alert quotes at the most."""

MOST_PASSAGES: Final = 20
"""An alert quotes no more passages than these."""

BOTH: Final = 2

Offset = Annotated[int, msgspec.Meta(ge=0)]


class RuleRef(msgspec.Struct, frozen=True):
    """The rule that fired, and the digest of it as it stood then."""

    id: str
    revision: str
    severity: Severity
    owner: str = ""
    tags: tuple[str, ...] = ()
    route: tuple[str, ...] = ()


class AlertTime(msgspec.Struct, frozen=True):
    """When it happened by the article, where that time comes from, and when Marsad saw it; UTC seconds."""

    event: float
    basis: TimeBasis
    detected: float


class Evidence(msgspec.Struct, frozen=True):
    """A passage that shows the match; `start` and `end` index the article's field, in code points."""

    article_id: str
    url: str
    source: str
    lang: str
    field: str
    sentence: str
    start: Offset
    end: Offset
    text: str
    id: str
    how: How


class AlertCounts(msgspec.Struct, frozen=True):
    """How often the group was named within a window of `window` seconds before the alert."""

    window: float
    articles: int
    stories: int
    sources: int

    @classmethod
    def of(cls, counts: Counts, window: float) -> "AlertCounts":
        """Return `counts` with the window they were read for."""
        return cls(window, counts.articles, counts.stories, counts.sources)


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """Something worth saying; the same `id` always means the same alert.

    `group` is what its rule keeps apart, `pair` the same when that is a pair; `counts` are of a pair, actor or topic.
    That of an absence tells of no article: it has no title, story or evidence, and its event is the period's end.
    """

    id: str
    kind: str
    rule: RuleRef
    group: tuple[str, ...]
    pair: tuple[str, str] | None = None
    actors: tuple[str, ...]
    topics: tuple[str, ...]
    summary: str
    title: str
    story: str
    counts: AlertCounts | None = None
    time: AlertTime
    why: Why
    evidence: tuple[Evidence, ...]
    sequence: int = 0


def evidence(tagged: TaggedArticle, actors: tuple[str, ...], topics: tuple[str, ...]) -> tuple[Evidence, ...]:
    """Return the closest passage that names both of two actors, else one for each, and a passage for each topic."""
    chosen = [*_closest(tagged, actors)] if len(actors) == BOTH else [*_first(tagged, actors)]
    for topic in topics:
        chosen += [m for m in tagged.mentions if m.id == topic][:1]
    return tuple(_quote(tagged, mention) for mention in [*dict.fromkeys(chosen)][:MOST_PASSAGES])


def _standing_for(tagged: TaggedArticle, name: str) -> set[str]:
    return {a.id for a in tagged.actors if a.id == name or name in a.states}


def _first(tagged: TaggedArticle, actors: tuple[str, ...]) -> Iterator[Mention]:
    for actor in actors:
        names = _standing_for(tagged, actor)
        yield from [m for m in tagged.mentions if m.id in names][:1]


def _closest(tagged: TaggedArticle, pair: tuple[str, ...]) -> tuple[Mention, ...]:
    stand_ins = [_standing_for(tagged, name) for name in pair]
    last: dict[int, Mention] = {}
    closest: tuple[Mention, ...] = ()
    for mention in sorted(tagged.mentions, key=lambda m: (m.field, m.start)):
        for side in (side for side, names in enumerate(stand_ins) if mention.id in names):
            last[side] = mention
            if len(last) == len(pair) and (not closest or _apart(*last.values()) < _apart(*closest)):
                closest = (last[0], last[1])
    return closest


def _apart(one: Mention, other: Mention) -> tuple[bool, int]:
    return one.field != other.field, abs(one.start - other.start)


def _quote(tagged: TaggedArticle, mention: Mention) -> Evidence:
    article = tagged.article
    return Evidence(
        article_id=article.id,
        url=article.url,
        source=article.source,
        lang=article.lang,
        field=mention.field,
        sentence=sentence_around(article.field(mention.field), mention.start),
        start=mention.start,
        end=mention.end,
        text=mention.text,
        id=mention.id,
        how=mention.how,
    )


def sentence_around(text: str, offset: int) -> str:
    """Return the sentence of `text` that holds `offset`, or what is near of one without end."""
    first, last = max(0, offset - LONGEST_QUOTE // 2), min(len(text), offset + LONGEST_QUOTE // 2)
    start, end = first, last
    for gap in _SENTENCE_END.finditer(text, first, last):
        if gap.end() <= offset:
            start = gap.end()
        elif gap.start() > offset:
            end = gap.start()
            break
    return text[start:end].strip()


def shortened(text: str) -> str:
    """Return `text`, cut where it is longer than anybody reads as a title."""
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
