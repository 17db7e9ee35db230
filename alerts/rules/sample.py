"""Rules that fit too many articles of a sample."""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import ceil
from typing import Final

from alerts.kinds.model import Match
from alerts.rules.index import RuleIndex
from processors.tags import TaggedArticle

OFTEN: Final = 0.1
"""A rule that fits so many of the articles tells too much."""

_LEAST: Final = 20
"""Articles that a sample needs to say anything."""


def too_many(index: RuleIndex, sample: Sequence[TaggedArticle]) -> Iterator[tuple[int, str]]:
    """Yield the numbers of the rules that would tell of a tenth of all articles, and what to do about each.

    Two actors who must be named together are few enough, however much of a sample is about them.
    """
    if len(sample) < _LEAST:
        return
    found = Counter(rule for tagged in sample for rule in {fit.rule.id for fit in index.fits(tagged)})
    for one in index.compiled:
        fits = found[one.rule.id]
        if isinstance(one.rule.kind, Match) and not one.is_of_two and fits >= ceil(OFTEN * len(sample)):
            yield one.number, f"fits {fits} of {len(sample)} sample articles; ask for more, or set a `threshold`"
