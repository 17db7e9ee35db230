"""`marsad notify` as a process, on a real Kafka, with a web server that stands for receivers."""

import json
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from kafka import KafkaProducer

from streams.schemas import schemas
from streams.settings import Settings
from tests.bus import Bus
from tests.desk import Desk, Reply, desk
from tests.makers import make_alert, wait_until
from tests.workers import Worker

NOTIFY = ("-m", "streams.cli", "notify")
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
Start = Callable[..., Worker]
StartNotifier = Callable[..., Worker]


@pytest.fixture
def there() -> Iterator[Desk]:
    with desk() as found:
        yield found


@pytest.fixture
def notifier(start_worker: Start, tmp_path: Path) -> StartNotifier:
    """Start a notifier that tells these receivers, given by name as they are written."""

    def start(**receivers: dict[str, Any]) -> Worker:
        path = tmp_path / "receivers.yaml"
        path.write_text(json.dumps({"receivers": [{"name": name, **written} for name, written in receivers.items()]}))
        started = start_worker({"receivers": path}, command=NOTIFY)
        wait_until(lambda: all(f"receiver {name} is told" in started.text() for name in receivers))
        return started

    return start


def webhook(to: Desk, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - as they are written
    return {"type": "webhook", "url": to.url, "secret": SECRET, "retries": {"first": "20ms"}, **fields}


def told(to: Desk) -> list[str]:
    return [post.headers["webhook-id"] for post in to.posts]


def count(worker: Worker, name: str, **labels: str) -> float:
    shown = ",".join(f'{label}="{value}"' for label, value in sorted(labels.items()))
    lines = [line for line in worker.get("/metrics").splitlines() if line.startswith(f"{name}{{{shown}}}")]
    return float(lines[0].rpartition(" ")[2])


def test_an_alert_is_delivered_and_exactly_what_was_sent_is_on_the_audit_topic(
    notifier: StartNotifier, bus: Bus, there: Desk
) -> None:
    worker = notifier(desk=webhook(there))
    bus.alert(make_alert(id="one"))
    wait_until(lambda: bool(bus.records(bus.topics.audit)))
    (post,), ((key, value, _),) = there.posts, bus.read(bus.topics.audit)
    entry = json.loads(value)
    jsonschema.Draft202012Validator(schemas()["audit.schema.json"]).validate(entry)
    assert key == "state/KP+state/RU"
    assert (entry["type"], entry["id"], entry["receiver"], entry["to"], entry["result"]) == (
        "delivered", "one", "desk", there.url, "delivered",
    )  # fmt: skip
    assert entry["sent"] == post.body.decode()
    (attempt,) = entry["attempts"]
    assert (attempt["status"], attempt["answer"]) == (200, "ok")
    assert attempt["at"] <= post.at <= attempt["at"] + attempt["seconds"]
    wait_until(lambda: count(worker, "marsad_deliveries_total", receiver="desk", result="delivered") == 1)
    wait_until(lambda: count(worker, "marsad_delivery_lag", receiver="desk") == 0)
    assert '"healthy": true' in worker.get("/healthz")


def test_what_fails_is_tried_again_with_growing_pauses_until_it_is_accepted(
    notifier: StartNotifier, bus: Bus, there: Desk
) -> None:
    there.reply = lambda before: Reply(503 if before < 3 else 204, b"")
    worker = notifier(desk=webhook(there, retries={"first": "100ms"}))
    bus.alert(make_alert(id="one"))
    wait_until(lambda: bool(bus.records(bus.topics.audit)))
    (entry,) = bus.values(bus.topics.audit)
    assert [attempt["status"] for attempt in entry["attempts"]] == [503, 503, 503, 204]  # type: ignore[attr-defined]
    assert told(there) == ["one"] * 4
    first, second, third, fourth = (post.at for post in there.posts)
    #  pauses: 50-100 ms, 100-200 ms, 200-400 ms
    assert second - first >= 0.05
    assert third - second >= 0.1
    assert fourth - third >= 0.2
    assert count(worker, "marsad_delivery_retries_total", receiver="desk") == 3


def test_what_is_given_up_or_refused_becomes_a_dead_letter_and_the_next_is_told(
    notifier: StartNotifier, bus: Bus, there: Desk
) -> None:
    #  one: 500 500 (given up)   two: 400 (refused)   three: 200
    there.reply = lambda before: Reply([500, 500, 400, 200][before], b"no")
    notifier(desk=webhook(there, retries={"attempts": 2, "first": "20ms"}))
    alerts = [make_alert(id=name) for name in ("one", "two", "three")]
    bus.alert(*alerts)
    wait_until(lambda: len(bus.records(bus.topics.audit)) == 3)
    assert told(there) == ["one", "one", "two", "three"]
    assert [entry["result"] for entry in bus.values(bus.topics.audit)] == ["given_up", "refused", "delivered"]
    given_up, refused = sorted(bus.read(bus.topics.dead_letters), key=lambda letter: letter[2]["source-offset"])
    assert [json.loads(value)["id"] for _, value, _ in (given_up, refused)] == ["one", "two"]
    assert given_up[2]["reason"] == "given_up"
    assert refused[2] == {
        "reason": "refused", "detail": "400 no", "receiver": "desk", "source-topic": bus.topics.alerts,
        "source-partition": given_up[2]["source-partition"], "source-offset": "1",
    }  # fmt: skip


def test_a_slow_receiver_and_a_dead_one_delay_no_other(notifier: StartNotifier, bus: Bus, there: Desk) -> None:
    with desk(lambda _: Reply(after=20.0)) as slow:
        worker = notifier(
            slow=webhook(slow, timeout="30s"),
            dead={"type": "alertmanager", "url": "http://127.0.0.1:1"},
            hangs={"type": "apprise", "url": slow.url.replace("http", "json") + "/?rto=30", "timeout": "30s"},
            desk=webhook(there),
        )
        begun = time.monotonic()
        bus.alert(*(make_alert(id=f"a{number}") for number in range(50)))
        wait_until(lambda: len(there.posts) == 50, within=15)
        assert time.monotonic() - begun < 15
        assert len(slow.posts) == 2
        wait_until(lambda: count(worker, "marsad_delivery_lag", receiver="slow") == 50)
        assert count(worker, "marsad_delivery_lag", receiver="dead") == 50
        wait_until(lambda: count(worker, "marsad_delivery_lag", receiver="desk") == 0)


def test_a_delivery_that_a_kill_cut_off_is_made_again_and_no_other(
    notifier: StartNotifier, bus: Bus, there: Desk
) -> None:
    there.reply = lambda before: Reply(after=30.0 if before == 1 else 0.0)
    worker = notifier(desk=webhook(there, timeout="60s"))
    bus.alert(make_alert(id="one"), make_alert(id="two"))
    wait_until(lambda: told(there) == ["one", "two"])
    wait_until(lambda: len(bus.records(bus.topics.audit)) == 1)
    worker.end(signal.SIGKILL)
    notifier(desk=webhook(there))
    wait_until(lambda: len(bus.records(bus.topics.audit)) == 2)
    assert told(there) == ["one", "two", "two"]


def test_notifiers_share_the_work_and_when_one_is_killed_the_other_tells_all_of_it(
    notifier: StartNotifier, bus: Bus, there: Desk
) -> None:
    there.reply = lambda _: Reply(after=0.05)
    pairs = [("state/KP", "state/RU"), ("state/KP", "state/US"), ("state/IR", "state/RU"), ("state/CN", "state/US")]
    names = [f"a{number:02}" for number in range(60)]
    first = notifier(desk=webhook(there))
    bus.alert(*(make_alert(id=name, pair=pairs[number % 4]) for number, name in enumerate(names)))
    second = notifier(desk=webhook(there))
    wait_until(lambda: len(there.posts) >= 40)
    first.end(signal.SIGKILL)
    wait_until(lambda: {*told(there)} == {*names})
    wait_until(lambda: count(second, "marsad_delivery_lag", receiver="desk") == 0)
    assert {entry["id"] for entry in bus.values(bus.topics.audit)} == {*names}


def test_sigterm_lets_what_is_under_way_end_and_nothing_is_told_twice(
    notifier: StartNotifier, bus: Bus, there: Desk
) -> None:
    there.reply = lambda _: Reply(after=1.0)
    worker = notifier(desk=webhook(there))
    bus.alert(make_alert(id="one"), make_alert(id="two"))
    wait_until(lambda: told(there) == ["one"])
    assert worker.end() == 0
    assert [entry["id"] for entry in bus.values(bus.topics.audit)] == ["one"]
    there.reply = lambda _: Reply()
    notifier(desk=webhook(there))
    wait_until(lambda: told(there) == ["one", "two"])


def test_a_new_receiver_is_told_of_what_comes_from_now_on_and_a_known_one_of_what_it_missed(
    notifier: StartNotifier, bus: Bus, there: Desk
) -> None:
    #  alert     before       |  while down   |  later
    #  known               up | down          | up
    #  new                                    | up
    bus.alert(make_alert(id="before"))
    worker = notifier(known=webhook(there))
    assert worker.end() == 0
    bus.alert(make_alert(id="while-down"))
    with desk() as new:
        notifier(known=webhook(there), new=webhook(new))
        bus.alert(make_alert(id="later"))
        wait_until(lambda: told(there) == ["while-down", "later"])
        wait_until(lambda: told(new) == ["later"])


def test_an_alert_that_kafka_holds_twice_is_told_once(notifier: StartNotifier, bus: Bus, there: Desk) -> None:
    worker = notifier(desk=webhook(there))
    bus.alert(make_alert(id="one"), make_alert(id="one"), make_alert(id="two"))
    wait_until(lambda: told(there) == ["one", "two"])
    assert count(worker, "marsad_deliveries_total", receiver="desk", result="repeated") == 1


def test_a_receiver_is_told_of_what_it_wants(notifier: StartNotifier, bus: Bus, there: Desk) -> None:
    worker = notifier(desk=webhook(there, only={"actors": ["США"]}))
    bus.alert(make_alert(id="one"), make_alert(id="two", pair=("state/KP", "state/US")))
    wait_until(lambda: told(there) == ["two"])
    wait_until(lambda: count(worker, "marsad_deliveries_total", receiver="desk", result="filtered") == 1)
    wait_until(lambda: count(worker, "marsad_delivery_lag", receiver="desk") == 0)


def test_a_receiver_is_told_no_faster_than_its_rate(notifier: StartNotifier, bus: Bus, there: Desk) -> None:
    notifier(desk=webhook(there, rate={"most": 2, "per": "1s"}))
    bus.alert(*(make_alert(id=f"a{number}") for number in range(4)))
    wait_until(lambda: len(there.posts) == 4)
    assert told(there) == ["a0", "a1", "a2", "a3"]
    #  turns at 0, 0, 500 and 1000 ms
    assert there.posts[3].at - there.posts[0].at > 0.5  # at once but for the rate; servers may dawdle


def test_a_record_that_is_no_alert_becomes_a_dead_letter(
    notifier: StartNotifier, bus: Bus, there: Desk, settings: Settings
) -> None:
    notifier(desk=webhook(there))
    producer = KafkaProducer(bootstrap_servers=settings.kafka)
    producer.send(bus.topics.alerts, key=b"state/KP+state/RU", value=b"\xff no alert")
    producer.close()
    bus.alert(make_alert(id="one"))
    wait_until(lambda: told(there) == ["one"])
    ((_, value, headers),) = bus.read(bus.topics.dead_letters)
    assert (value, headers["reason"], headers["receiver"]) == (b"\xff no alert", "unreadable", "desk")


def test_without_the_kafka_topics_the_notifier_says_what_to_do(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "receivers.yaml"
    path.write_text("receivers: [{name: desk, type: alertmanager, url: 'http://127.0.0.1:1'}]")
    worker = Worker(Settings(**{name: getattr(settings, name) for name in settings.model_fields_set}, receivers=path),
                    command=NOTIFY)  # fmt: skip
    assert worker.process.wait(30) == 1
    assert "create it with `marsad topics`" in worker.text().splitlines()[-1]
