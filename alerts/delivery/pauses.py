"""How long to wait: before what failed is tried again, and before a receiver may have its next alert."""

from alerts.delivery.receivers import Rate, Retries


def pause(retries: Retries, failures: int, luck: float, asked: float | None = None) -> float:
    """Return how long to wait after so many failures: from half of the pause that is due (`luck` 0) to all of it (1).

    A receiver may ask for longer, up to the longest pause.
    """
    due = min(retries.longest, retries.first * 2.0 ** (failures - 1))
    drawn = due * (1 + luck) / 2
    return min(retries.longest, max(drawn, asked or 0.0))


class Turns:
    """Lets through so many alerts at once as a rate allows, then one whenever the next is due."""

    def __init__(self, rate: Rate | None) -> None:
        self._each = rate.per / rate.most if rate else 0.0
        self._room = rate.per - self._each if rate else 0.0
        self._next = 0.0

    def take(self, now: float) -> float:
        """Take the next turn; return in how many seconds it is."""
        turn = max(self._next, now)
        wait = max(0.0, turn - self._room - now)
        self._next = turn + self._each
        return wait
