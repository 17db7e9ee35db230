"""Whether a worker lives, and whether it is ready: what `/healthz` and `/readyz` answer.

The event loop notes what it sees; the web server's thread reads it, and so answers also when the loop hangs.
"""

import time
from collections.abc import Callable
from typing import Final

import msgspec

FRESH: Final = 15.0
"""A server that has not answered for so long, in seconds, counts as out of reach."""

Clock = Callable[[], float]


class LoopHealth:
    """Whether the event loop still turns: it has to say so every few seconds."""

    LIMIT = 30.0

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._seen = clock()

    def beat(self) -> None:
        """Note that the loop turned."""
        self._seen = self._clock()

    def silent(self) -> float:
        """Return how many seconds ago the loop last turned."""
        return self._clock() - self._seen

    def state(self) -> dict[str, object]:
        """Return what `/healthz` answers."""
        silent = self.silent()
        healthy = silent < self.LIMIT
        reasons = [] if healthy else [f"loop: it has not turned for {silent:.0f} s"]
        return {"healthy": healthy, "seconds_since_loop_turned": round(silent, 1), "reasons": reasons}


class Check(msgspec.Struct, frozen=True):
    """One thing that a worker needs, whether it has it, and what is known of it."""

    ok: bool
    detail: str


class Readiness:
    """Whether a worker can do its work."""

    def __init__(self, health: LoopHealth, clock: Clock = time.monotonic) -> None:
        self._health = health
        self._clock = clock
        self._partitions: frozenset[int] | None = None
        self._answered: dict[str, float] = {}
        self._rules = Check(ok=False, detail="not loaded yet")

    def assigned(self, partitions: frozenset[int] | None) -> None:
        """Note which partitions the group gave this worker; None: it is not in the group now."""
        self._partitions = partitions

    def answered(self, service: str, at: float) -> None:
        """Note when a server last answered, by the clock."""
        self._answered[service] = at

    def rules_in_force(self, number: int, revision: str) -> None:
        """Note which rules are in force."""
        self._rules = Check(ok=True, detail=f"{number} in force, revision {revision}")

    def checks(self) -> dict[str, Check]:
        """Return everything that a worker needs."""
        silent = self._health.silent()
        return {
            "loop": Check(silent < self._health.LIMIT, f"the event loop turned {silent:.1f} s ago"),
            "partitions": self._place(),
            "kafka": self._server("kafka"),
            "redis": self._server("redis"),
            "rules": self._rules,
        }

    def reasons(self) -> list[str]:
        """Return what keeps the worker from being ready."""
        return [f"{name}: {check.detail}" for name, check in self.checks().items() if not check.ok]

    def state(self) -> dict[str, object]:
        """Return what `/readyz` answers."""
        checks = {name: msgspec.structs.asdict(check) for name, check in self.checks().items()}
        reasons = self.reasons()
        return {"ready": not reasons, "reasons": reasons, "checks": checks}

    def _place(self) -> Check:
        if self._partitions is None:
            return Check(ok=False, detail="the group has not given this worker its partitions")
        if not self._partitions:
            return Check(ok=True, detail="none: there are more workers than partitions, this one stands by")
        return Check(ok=True, detail=", ".join(map(str, sorted(self._partitions))))

    def _server(self, name: str) -> Check:
        at = self._answered.get(name)
        if at is None:
            return Check(ok=False, detail="it has not answered yet")
        ago = self._clock() - at
        return Check(ago < FRESH, f"it answered {ago:.1f} s ago")
