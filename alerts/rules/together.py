"""Whether actors stand close enough to each other in an article, and how close they come."""

from collections.abc import Sequence
from typing import NamedTuple

from alerts.rules.seen import DEFAULT_ZONES, Seen, Zones
from alerts.rules.within import Unit, Within
from processors.matcher import Mention
from processors.passages import words_between


class Closest(NamedTuple):
    """The passage in which some actors come closest: the first and the last of it, and the words between them."""

    unit: Unit
    words: int
    first: Mention
    last: Mention

    def __str__(self) -> str:
        """Say how close they come."""
        words = "1 word" if self.words == 1 else f"{self.words} words"
        return f"{words} apart, in one {self.unit}: {self.first.text} … {self.last.text}"


def together(seen: Seen, actors: Sequence[str], within: Within, zones: Zones) -> bool:
    """Tell whether an article that names some actors names them as close to each other as a rule wants."""
    if within.unit is Unit.ARTICLE:
        if not seen.is_crowded:
            return True
        within = Within(Unit.SENTENCE)
    found = _mentions(seen, actors, zones)
    if within.unit is Unit.WORDS:
        closest = _closest(seen, found, len(actors))
        return closest is not None and closest.words <= within.words
    part = seen.sentence if within.unit is Unit.SENTENCE else seen.paragraph
    parts = [{part(mention) for mention, side in found if side == number} for number in range(len(actors))]
    return bool(set.intersection(*parts))


def closest(seen: Seen, actors: Sequence[str], zones: Zones = DEFAULT_ZONES) -> Closest | None:
    """Return where some actors come closest in one field of an article; None when none has them all."""
    return _closest(seen, _mentions(seen, actors, zones), len(actors))


def _mentions(seen: Seen, actors: Sequence[str], zones: Zones) -> list[tuple[Mention, int]]:
    """Return the mentions that stand for the actors, each with the number of its actor, in the order of the text."""
    found = [
        (mention, side)
        for side, actor in enumerate(actors)
        for mention in seen.tagged.mentions
        if mention.zone in zones and (mention.id == actor or actor in seen.states.get(mention.id, ()))
    ]
    return sorted(found, key=lambda item: (item[0].field, item[0].start, item[1]))


def _closest(seen: Seen, found: Sequence[tuple[Mention, int]], sides: int) -> Closest | None:
    last: dict[int, Mention] = {}
    best: tuple[int, Mention, Mention] | None = None
    for mention, side in found:
        last[side] = mention
        first = min(last.values(), key=lambda m: (m.field == mention.field, m.start))
        if len(last) == sides and first.field == mention.field:
            apart = _apart(seen, first, mention)
            if best is None or apart < best[0]:
                best = (apart, first, mention)
    return None if best is None else Closest(_unit(seen, best[1], best[2]), *best)


def _apart(seen: Seen, first: Mention, last: Mention) -> int:
    return words_between(seen.words_of[last.field], first.end, last.start)


def _unit(seen: Seen, first: Mention, last: Mention) -> Unit:
    if seen.sentence(first) == seen.sentence(last):
        return Unit.SENTENCE
    return Unit.PARAGRAPH if seen.paragraph(first) == seen.paragraph(last) else Unit.ARTICLE
