"""Watch rules for the benchmark: ten that articles meet, and as many as wanted that share their actors."""

import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Final

import msgspec

from processors.tags import PAIRING_ACTORS, TaggedArticle

MET_RULES: Final = 10
MET_BY: Final = 500
"""The rules that are met are those met by nearest to one article in so many."""
SEED: Final = 7

Combination = tuple[str, str, str]


class Written(msgspec.Struct, frozen=True):
    """A rule as it stands in the file; without cooldown, so that what fires does not depend on the order."""

    id: str
    pair: tuple[str, str]
    topics: tuple[str, ...]
    cooldown: str = "0s"


def met_combinations(tagged: Iterable[TaggedArticle]) -> Counter[Combination]:
    """Return how many articles name each pair of actors on each topic."""
    return Counter(
        (*pair, topic)
        for article in tagged
        for pair in combinations(_states(article), 2)
        for topic in article.topic_ids
    )


def make_rules(tagged: Sequence[TaggedArticle], topics: Sequence[str], size: int) -> list[Written]:
    """Return `size` rules: the same first ones for every size, only the first ten of them met."""
    met = met_combinations(article for article in tagged if _is_plain(article))
    chosen = [Written(f"met-{n}", (a, b), (topic,)) for n, (a, b, topic) in enumerate(_often_met(met, len(tagged)))]
    actors = sorted({state for article in tagged for state in _states(article)})
    for a, b, topic in _drawn(actors, sorted(topics), met_combinations(tagged))[: size - len(chosen)]:
        chosen.append(Written(f"unmet-{len(chosen)}", (a, b), (topic,)))
    return chosen[:size]


def _is_plain(article: TaggedArticle) -> bool:
    """Tell whether rules meet an article for every pair that it names: neither a long list, nor about sport."""
    return len(article.actor_ids) <= PAIRING_ACTORS and "sport" not in article.topic_ids


def _states(article: TaggedArticle) -> list[str]:
    """Return the states that an article names; no two of them are one because the other stands for it."""
    return sorted(actor for actor in article.actor_ids if actor.startswith("state/"))


def write_rules(path: Path, rules: Iterable[Written]) -> Path:
    """Write a rule file."""
    lines = [f"- {json.dumps(msgspec.to_builtins(rule), ensure_ascii=False)}" for rule in rules]
    path.write_text("\n".join(["rules:", *lines, ""]), "utf-8")
    return path


def _often_met(met: Counter[Combination], articles: int) -> list[Combination]:
    of_pair: dict[tuple[str, str], Combination] = {}
    for a, b, topic in sorted(met, key=lambda found: (abs(met[found] - articles / MET_BY), found)):
        of_pair.setdefault((a, b), (a, b, topic))
        if len(of_pair) == MET_RULES:
            break
    return list(of_pair.values())


def _drawn(actors: list[str], topics: list[str], met: Counter[Combination]) -> list[Combination]:
    unmet = [(a, b, t) for a, b in combinations(actors, 2) for t in topics if (a, b, t) not in met]
    random.Random(SEED).shuffle(unmet)  # noqa: S311 - no secret, the same every time
    return unmet
