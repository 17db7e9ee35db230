"""The pairs of a rule: two actors that an article names close enough to each other."""

from collections.abc import Sequence

import msgspec

from alerts.rule import Why
from alerts.rules.conditions import Pair, all_of, distance
from alerts.rules.seen import Seen, Zones
from alerts.rules.together import together
from alerts.rules.within import Within

_SHOWN = 10
"""Pairs that are explained of a rule none of whose pairs is met."""


class PairOf(msgspec.Struct, frozen=True):
    """It names both of a pair, of any of some pairs."""

    pairs: tuple[Pair, ...]
    within: Within
    zones: Zones

    def found(self, seen: Seen, named: Sequence[Pair]) -> list[Pair]:
        """Return those of the rule's pairs that stand together, out of the `named` ones."""
        return [pair for pair in sorted(named) if self._has(seen, pair)]

    def _has(self, seen: Seen, pair: Pair) -> bool:
        return are_named(seen, pair, self.zones) and together(seen, pair, self.within, self.zones)

    def why(self, seen: Seen) -> Why:
        """Say what was found."""
        met = self.found(seen, self.pairs)
        parts = tuple(self._why(seen, pair) for pair in met or self.pairs[:_SHOWN])
        return parts[0] if len(self.pairs) == 1 else Why("any of its pairs", bool(met), parts=parts)

    def _why(self, seen: Seen, pair: Pair) -> Why:
        named = seen.named_in(self.zones)
        parts = [Why(f"names {actor}", actor in named) for actor in pair]
        if are_named(seen, pair, self.zones):
            parts.append(distance(seen, pair, self.within, self.zones))
        elif named.issuperset(pair):
            parts.append(Why("neither stands for the other", passed=False))
        return all_of(f"pair {' + '.join(pair)}", parts)


class AnyPair(msgspec.Struct, frozen=True):
    """It names any two actors, one of them of `actors` if there are some."""

    actors: frozenset[str]
    within: Within
    zones: Zones

    def found(self, seen: Seen, _: Sequence[Pair] = ()) -> list[Pair]:
        """Return the pairs of the article's best actors that stand together."""
        return [
            pair
            for pair in seen.tagged.pairs()
            if not (self.actors and self.actors.isdisjoint(pair))
            and are_named(seen, pair, self.zones)
            and together(seen, pair, self.within, self.zones)
        ]

    def why(self, seen: Seen) -> Why:
        """Say what was found."""
        found = self.found(seen)
        of = f" with any of {', '.join(sorted(self.actors))}" if self.actors else ""
        return Why(f"a pair{of} within {self.within}", bool(found), ", ".join(map(" + ".join, found)) or "none")


def are_named(seen: Seen, pair: Pair, zones: Zones) -> bool:
    """Tell whether two actors are named, neither because the other stands for it."""
    one, other = pair
    named = seen.named_in(zones)
    states = seen.states
    return one in named and other in named and other not in states.get(one, ()) and one not in states.get(other, ())
