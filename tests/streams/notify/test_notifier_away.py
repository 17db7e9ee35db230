"""The notifier while Kafka is away, with servers of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from streams.local.services import LocalServices
from streams.settings import Settings
from streams.topics import create_topics
from tests.bus import Bus
from tests.desk import Desk, Reply, desk
from tests.makers import make_alert, wait_until
from tests.workers import Worker

RECEIVER = "{name: desk, type: webhook, url: 'URL', secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw}"
Alone = tuple[LocalServices, Settings, Worker]


@pytest.fixture
def there() -> Iterator[Desk]:
    with desk(lambda _: Reply(after=0.02)) as found:
        yield found


@pytest.fixture
def alone(tmp_path: Path, there: Desk) -> Iterator[Alone]:
    """A notifier with a Kafka that nobody else uses, so that it can be killed."""
    services = LocalServices(Settings(), tmp_path / "services")
    (tmp_path / "receivers.yaml").write_text(f"receivers: [{RECEIVER.replace('URL', there.url)}]")
    try:
        kafka = services.up(print).kafka
        settings = Settings(kafka=kafka, receivers=tmp_path / "receivers.yaml", home=tmp_path, metrics_port=0)
        create_topics(settings, kafka)
        notifier = Worker(settings, command=("-m", "streams.cli", "notify"))
        try:
            notifier.started()
            wait_until(lambda: "receiver desk is told" in notifier.text())
            yield services, settings, notifier
        finally:
            notifier.process.kill()
            notifier.process.wait()
    finally:
        services.down(print)


def test_kafka_that_dies_and_comes_back_keeps_no_alert_from_its_receiver(alone: Alone, there: Desk) -> None:
    services, settings, notifier = alone
    bus, names = Bus(settings), {f"a{number}" for number in range(200)}
    bus.alert(*(make_alert(id=name) for name in names))
    wait_until(lambda: len(there.posts) > 20)
    services.kill("kafka")
    services.up(print)
    wait_until(lambda: {post.headers["webhook-id"] for post in there.posts} == names)
    bus.alert(make_alert(id="later"))
    wait_until(lambda: there.posts[-1].headers["webhook-id"] == "later")
    wait_until(lambda: {entry["id"] for entry in bus.values(bus.topics.audit)} == {*names, "later"})
    assert notifier.end() == 0


def test_a_notifier_that_is_told_to_end_while_kafka_is_away_ends_in_time(alone: Alone) -> None:
    services, settings, notifier = alone
    services.kill("kafka")
    notifier.end(within=settings.shutdown_timeout + 2)
