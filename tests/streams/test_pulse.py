"""The pulse on a real Redis, with a clock and partitions that the test sets."""

from collections.abc import AsyncIterator

import pytest

from alerts.kinds.model import Absence
from alerts.rule import Fit, Rule
from processors.tags import TaggedArticle
from streams.local.services import Addresses
from streams.pulse import EVERY, Pulse
from streams.servers import Servers
from streams.settings import Settings
from streams.wiring import Services, build
from tests.makers import NOON, make_rule
from tests.streams.driver.test_idle import Partitions

DONE, LAGGING = (0, 7, 7), (0, 7, 6)
BOTH = ("state/KP", "state/RU")


class Watching:
    """Rules that only wait for what does not come."""

    def __init__(self, period: float) -> None:
        self.rules: list[Rule] = [make_rule(Absence(absence=period), groups=(BOTH,))]

    def look(self, tagged: TaggedArticle) -> tuple[list[Fit], int]:
        raise NotImplementedError(tagged)


@pytest.fixture
async def services(settings: Settings, addresses: Addresses) -> AsyncIterator[Services]:
    local = settings.model_copy(update={"max_age": 1e12})
    built = build(local, Servers(addresses.kafka, addresses.redis), lambda: pytest.fail("no producer is used"))
    yield built
    await built.redis.aclose()


async def told(services: Services, period: float, until: float, *partitions: tuple[int, int, int | None]) -> float:
    """Let the time pass in which no article comes; return how many silences were told of."""
    services.judge.rules = Watching(period)
    await services.watermark.report(dict.fromkeys(range(len(partitions)), NOON), [NOON])
    pulse, passed = Pulse(services), 0.0
    while passed < until:
        await services.redis.delete(services.judge._keys.tick())
        told = NOON + passed - 0.1
        await pulse.beat(_named(services, Partitions(told, *partitions)), len(partitions), NOON + passed)
        passed += EVERY
    fired = services.metrics.registry.get_sample_value("marsad_decisions_total", {"outcome": "fired"})
    return fired or 0.0


def _named(services: Services, partitions: Partitions) -> Partitions:
    partitions.topic = services.kafka.articles
    return partitions


@pytest.mark.anyio
async def test_an_absence_is_told_of_though_no_partition_brings_an_article(services: Services) -> None:
    assert await told(services, 60, 100, DONE, DONE) == 1


@pytest.mark.anyio
async def test_an_absence_is_not_told_of_while_a_partition_lags(services: Services) -> None:
    assert await told(services, 60, 200, DONE, LAGGING) == 0


@pytest.mark.anyio
async def test_an_absence_is_not_told_of_while_the_stream_is_dead(services: Services) -> None:
    #  0 the last article     600 the stream counts as dead            900: a period, never reached
    assert await told(services, 900, 1500, DONE, DONE) == 0
