"""Gives each thing expected one of the things found, so that as many as possible have theirs."""

from collections.abc import Mapping, Sequence


def paired(fitting: Sequence[Sequence[int]]) -> dict[int, int]:
    """Return which of the found each of the expected has, by number; `fitting` are those that would do for each."""
    owners: dict[int, int] = {}
    for number in range(len(fitting)):
        _give(number, fitting, owners)
    return {number: place for place, number in owners.items()}


def _give(number: int, fitting: Sequence[Sequence[int]], owners: dict[int, int]) -> None:
    """Give one its own, if need be by giving others another one; searched breadth first, so that none nests deeply."""
    came_from: dict[int, int] = {}
    waiting = [number]
    for asking in waiting:
        for place in fitting[asking]:
            if place in came_from:
                continue
            came_from[place] = asking
            if place not in owners:
                _hand_on(place, came_from, owners, number)
                return
            waiting.append(owners[place])


def _hand_on(place: int, came_from: Mapping[int, int], owners: dict[int, int], first: int) -> None:
    while True:
        asking = came_from[place]
        left = next((old for old, owner in owners.items() if owner == asking), None)
        owners[place] = asking
        if asking == first or left is None:
            return
        place = left
