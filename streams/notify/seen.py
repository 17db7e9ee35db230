"""What a receiver has been told of lately: Kafka may hold an alert twice after a crash."""

from collections import OrderedDict
from typing import Final

_MOST: Final = 10_000


class Seen:
    """The latest ids, so many at most."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._ids: OrderedDict[str, None] = OrderedDict()

    def __contains__(self, name: str) -> bool:
        """Tell whether an id was added lately."""
        return name in self._ids

    def add(self, name: str) -> None:
        """Remember an id, and forget the oldest when there are too many."""
        self._ids[name] = None
        if len(self._ids) > self._most:
            self._ids.popitem(last=False)
