"""Plays articles to rules: they arrive, and absences are judged as the virtual clock goes on."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import Final, NamedTuple

from alerts.decision import Decision
from alerts.kinds.model import Absence
from alerts.rule import Fit, Rule
from alerts.silences import Silence
from alerts.testing.compare import Decided
from alerts.testing.written import WrittenTest
from processors.durations import DAY
from processors.tags import TaggedArticle
from streams.rehearsal import Rehearsal

_STOPS: Final = 4
"""So often the clock stops within the shortest time that matters."""

MOST: Final = 500
"""Articles that are judged at once, at the most."""


class Coming(NamedTuple):
    """An article with the time it arrives, in virtual seconds, and what the test calls it."""

    at: float
    tagged: TaggedArticle
    name: str


async def play(
    rehearsal: Rehearsal, test: WrittenTest, coming: Sequence[Coming], silences: Sequence[Silence], max_age: float,
    told: Callable[[int], object] = lambda _: None,
) -> AsyncIterator[Decided]:  # fmt: skip
    """Yield what is decided; `max_age` is that of rules that name none, `told` hears how many articles were judged."""
    begin = test.start.timestamp()
    for silence in silences:
        await rehearsal.silence(silence, begin)
    rules = rehearsal.rules.rules
    clock = _Clock(rehearsal, test, stride(rules, max_age))
    await clock.begin()
    edges = [edge for silence in silences for edge in (silence.starts, silence.ends)]
    for batch in batches(coming, stride(rules, max_age), edges, _Quiet(rehearsal).ends_with):
        for decision in await clock.advance(batch[0].at):
            yield Decided(decision, "")
        clock.now = batch[-1].at
        names = {one.tagged.article.id: one.name for one in batch}
        for decision in await rehearsal.take([one.tagged for one in batch], clock.now):
            yield Decided(decision, names[decision.article_id])
        told(len(batch))
        for decision in await clock.stop():
            yield Decided(decision, "")
    for decision in await clock.advance(max(clock.now, begin + (test.until or 0.0))):
        yield Decided(decision, "")


def stride(rules: Sequence[Rule], max_age: float) -> float:
    """Return how far the clock may jump without anything coming out otherwise than at every second."""
    if any("$" in rule.summary for rule in rules):
        return 0.0  # a summary may tell counts, which must be those of its time
    ages = [max_age if rule.max_age is None else rule.max_age for rule in rules]
    periods = [rule.kind.span for rule in rules if isinstance(rule.kind, Absence)]
    return min([DAY, *(length / _STOPS for length in (*ages, *periods))])


def batches(
    coming: Sequence[Coming], stride: float, edges: Sequence[float], ends_quiet: Callable[[Coming], bool]
) -> Iterator[list[Coming]]:
    """Yield articles that may be judged at once: where it makes no difference to any that the clock is the last one's.

    One that ends an absence is alone; one that was not published as it arrives is with none but its like.
    """
    batch: list[Coming] = []
    ended = False
    for one in coming:
        ends, before = ends_quiet(one), ended
        ended = ends
        if batch and (ends or before or len(batch) == MOST or not _may_join(one, batch, stride, edges)):
            yield batch
            batch = []
        batch.append(one)
    if batch:
        yield batch


def _may_join(one: Coming, batch: Sequence[Coming], stride: float, edges: Sequence[float]) -> bool:
    first = batch[0].at
    if any(first < edge <= one.at for edge in edges) or one.at - first > stride:
        return False
    if any(one.tagged.article.id == other.tagged.article.id for other in batch):
        return False
    return one.at == first or all(_is_now(other) for other in (one, batch[0], batch[-1]))


def _is_now(one: Coming) -> bool:
    """Tell whether an article was published as it arrives."""
    return one.tagged.article.published_at == one.at


class _Quiet:
    """Knows which groups that rules expect to hear of may have been quiet for a period."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self._rehearsal = rehearsal
        self._heard: dict[tuple[str, tuple[str, ...]], float] = {}

    def ends_with(self, one: Coming) -> bool:
        """Tell whether an article may end the quiet of a group after a period or more, and note that it came."""
        fits = self._rehearsal.awaited(one.tagged)
        ends = any(self._is_overdue(fit, one.at) for fit in fits)
        if _is_now(one):
            self._heard |= {(fit.rule.id, fit.group): one.at for fit in fits}
        return ends

    def _is_overdue(self, fit: Fit, at: float) -> bool:
        kind, heard = fit.rule.kind, self._heard.get((fit.rule.id, fit.group))
        one_is_enough = isinstance(kind, Absence) and kind.fewer_than == 1
        return not one_is_enough or heard is None or at - heard >= kind.span


class _Clock:
    """Moves the virtual time on, and judges absences as often as rules ask for it."""

    def __init__(self, rehearsal: Rehearsal, test: WrittenTest, stride: float) -> None:
        begin = test.start.timestamp()
        self.now = begin
        self._rehearsal = rehearsal
        self._dead = [(begin + dead.since, begin + dead.until) for dead in test.dead]
        self._stride = stride or DAY
        self._idle = not (rehearsal.has_absences or self._dead)

    async def begin(self) -> None:
        """Let rules begin."""
        await self._rehearsal.tick(self.now, alive=self._is_alive())

    async def stop(self) -> list[Decision]:
        """Judge absences where the clock stands: what has just come may have ended one, and begun the next."""
        return [] if self._idle else await self._rehearsal.tick(self.now, alive=self._is_alive())

    async def advance(self, until: float) -> list[Decision]:
        """Go on to a time; return what was decided of absences on the way."""
        decisions: list[Decision] = []
        while not self._idle and self.now < until:
            edges = [edge for dead in self._dead for edge in dead if edge > self.now]
            before, alive = self.now, self._is_alive()
            self.now = min([until, self.now + self._stride, *edges])
            decisions += await self._rehearsal.tick(self.now, alive=alive, since=before)
            if self._is_alive() and not alive:
                decisions += await self._rehearsal.tick(self.now)  # news comes again, at once
        self.now = max(self.now, until)
        return decisions

    def _is_alive(self) -> bool:
        return not any(since <= self.now < until for since, until in self._dead)
