"""The worker as a process, on a real Kafka and a real Redis."""

import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import jsonschema
import pytest
from click.testing import CliRunner, Result
from kafka import KafkaAdminClient, KafkaConsumer
from kafka.admin import ConfigResource, ConfigResourceType
from kafka.coordinator.assignors.range import RangePartitionAssignor
from pydantic import SecretStr
from redis import Redis

from processors.counts import CountStore, pair_subject
from processors.keys import Keys
from streams.cli import main
from streams.codec import Reason
from streams.local.services import LocalServices
from streams.schemas import schemas
from streams.servers import redis_client
from streams.settings import Settings
from streams.topics import create_topics
from tests.bus import Bus
from tests.makers import ABOUT_BOTH, ARABIC_ARTICLE, wait_until, wire
from tests.streams.test_codec import HOSTILE
from tests.workers import Worker, environment

Start = Callable[..., Worker]
BOTH = pair_subject("state/KP", "state/RU")
ARABIC = (
    "الرئيس الروسي يستقبل زعيم كوريا الشمالية",
    "استقبل الرئيس الروسي فلاديمير بوتين زعيم كوريا الشمالية في قاعدة فضائية، وبحثا التعاون العسكري بين البلدين.",
)


async def counted(settings: Settings, url: str) -> tuple[int, int]:
    """Return how many articles and stories named both within the last day."""
    async with redis_client(settings, url) as redis:
        (found,) = await CountStore(redis, Keys(settings.redis_prefix), 1, 1).read([BOTH], time.time(), 86400)
    return found.articles, found.stories


def article() -> bytes:
    if ARABIC_ARTICLE.exists():
        title, _, body = ARABIC_ARTICLE.read_text("utf-8").partition("\n")
        return wire(title=title, body=body)
    return wire(title=ARABIC[0], body=ARABIC[1])


@pytest.mark.anyio
async def test_the_arabic_article_raises_exactly_one_alert(
    start_worker: Start, bus: Bus, rules: Path, settings: Settings
) -> None:
    worker = start_worker({"rules": rules})
    bus.put(article())
    wait_until(lambda: len(bus.read(bus.topics.alerts)) == 1)
    before = await counted(settings, worker_redis(settings))
    bus.put(article())
    bus.caught_up()
    assert worker.end() == 0
    ((key, _, headers),) = bus.read(bus.topics.alerts)
    (alert,) = bus.values(bus.topics.alerts)
    jsonschema.Draft202012Validator(schemas()["alert.schema.json"]).validate(alert)
    assert key == "state/KP+state/RU"
    assert (headers["ce_specversion"], headers["ce_id"]) == ("1.0", alert["id"])
    assert before == (1, 1) == await counted(settings, worker_redis(settings))


def worker_redis(settings: Settings) -> str:
    assert settings.redis is not None
    return settings.redis.get_secret_value()


def test_evidence_indexes_the_original_text(start_worker: Start, bus: Bus, rules: Path) -> None:
    start_worker({"rules": rules})
    bus.put(wire(title=ARABIC[0], body=ARABIC[1]))
    wait_until(lambda: len(bus.read(bus.topics.alerts)) == 1)
    (alert,) = bus.values(bus.topics.alerts)
    fields = dict(zip(("title", "body"), ARABIC, strict=True))
    for passage in alert["evidence"]:  # type: ignore[attr-defined]  # a list of objects
        assert fields[passage["field"]][passage["start"] : passage["end"]] == passage["text"]


def test_what_is_held_back_is_on_the_audit_topic_with_why(start_worker: Start, bus: Bus, rules: Path) -> None:
    start_worker({"rules": rules})
    old = "2023-09-13T09:40:00Z"
    bus.put(wire(id="first", body=ABOUT_BOTH * 2), wire(id="old", body=f"{ABOUT_BOTH} Old.", published_at=old))
    bus.caught_up()
    bus.put(wire(id="copy", body=ABOUT_BOTH * 2, source="another"))
    bus.caught_up()
    entries = bus.values(bus.topics.audit)
    for entry in entries:
        jsonschema.Draft202012Validator(schemas()["audit.schema.json"]).validate(entry)
    assert {(entry["article_id"], entry["reason"]) for entry in entries} == {("copy", "story")}
    assert len(bus.values(bus.topics.tagged)) == 3


def test_a_silence_holds_back_the_next_alert_and_the_audit_topic_tells_of_it(
    start_worker: Start, bus: Bus, rules: Path, settings: Settings
) -> None:
    start_worker({"rules": rules})
    options = ["--actor", "Russia", "--for", "1h", "--author", "ana", "--reason", "planned talks"]
    added = CliRunner().invoke(main, ["silence", "add", *options], env=environment(settings))
    bus.put(article())
    bus.caught_up()
    (entry,) = bus.values(bus.topics.audit)
    jsonschema.Draft202012Validator(schemas()["audit.schema.json"]).validate(entry)
    assert (entry["reason"], entry["silence"]) == (
        "silenced",
        {"id": added.stdout.strip(), "reason": "planned talks"},
    )
    options = ["follow", "--audit", "--from-start", "--idle", "3"]
    shown = CliRunner().invoke(main, options, env=environment(settings)).stdout
    assert "rule moscow-pyongyang" in shown
    assert f"held back, silenced by {added.stdout.strip()} (planned talks)" in shown
    assert bus.values(bus.topics.alerts) == []


def test_changed_rules_are_obeyed_and_bad_ones_refused_without_a_restart(
    start_worker: Start, bus: Bus, rules: Path, settings: Settings
) -> None:
    def status() -> Result:
        return CliRunner().invoke(main, ["rules", "status"], env=environment(settings))

    worker = start_worker({"rules": rules})
    good = rules.read_text("utf-8")
    bus.put(article())
    bus.caught_up()
    rules.write_text("rules:\n  - {id: broken, pair: [Russia]}\n", "utf-8")
    wait_until(lambda: 'marsad_rule_reloads_total{result="refused"} 1.0' in worker.get("/metrics"), within=5)
    assert f"{rules}:2:" in worker.text()
    wait_until(lambda: f"refused: {rules}:2:" in status().output and status().exit_code == 1)
    bus.put(wire(id="while-refused", body=ABOUT_BOTH + " It rained on the river all day long."))
    bus.caught_up()
    rules.write_text(good.replace("id: ", "id: second-", 1), "utf-8")
    worker.process.send_signal(signal.SIGHUP)
    wait_until(lambda: 'marsad_rule_reloads_total{result="loaded"} 1.0' in worker.get("/metrics"), within=5)
    bus.put(wire(id="after", body=ABOUT_BOTH + " Reporters waited outside of the gates for an hour."))
    bus.caught_up()
    assert b'"id":"second-' in bus.read(bus.topics.alerts)[-1][1]
    assert "marsad_rules_refused 0.0" in worker.get("/metrics")
    wait_until(lambda: status().exit_code == 0)
    assert "1 rules at revision" in status().output
    assert worker.end() == 0


def test_routed_alerts_are_on_kafka_topics_of_their_own_too(start_worker: Start, bus: Bus, rules: Path) -> None:
    routes = "routes: [{to: night-desk, severity: medium}, {to: nobody, owner: nobody}]\n"
    rules.write_text(routes + rules.read_text("utf-8").replace("id: ", "route: own, id: ", 1), "utf-8")
    start_worker({"rules": rules})
    bus.put(article())
    wait_until(lambda: len(bus.read(bus.topics.alerts)) == 1)
    bus.caught_up()
    (alert,) = bus.read(bus.topics.alerts)
    assert bus.read(bus.topics.of_route("own")) == bus.read(bus.topics.of_route("night-desk")) == [alert]
    assert bus.topics.of_route("nobody") not in bus.existing()


def test_the_watermark_passes_a_partition_that_holds_nothing(start_worker: Start, bus: Bus, rules: Path) -> None:
    worker, begun = start_worker({"rules": rules}), time.time()
    bus.put(article())
    bus.caught_up()

    def watermark() -> float:
        return float(worker.get("/metrics").partition("\nmarsad_watermark_timestamp_seconds ")[2].split()[0])

    wait_until(lambda: watermark() > begun)


def test_an_error_of_the_groups_coordinator_ends_the_worker(
    start_worker: Start, bus: Bus, rules: Path, settings: Settings
) -> None:
    stranger = KafkaConsumer(
        bus.topics.articles,
        bootstrap_servers=settings.kafka,
        group_id=settings.group,
        partition_assignment_strategy=[RangePartitionAssignor],
    )
    try:
        while not stranger.assignment():
            stranger.poll(timeout_ms=100)
        worker = start_worker({"rules": rules})
        assert worker.process.wait(30) != 0
        assert "InconsistentGroupProtocol" in worker.text().strip().splitlines()[-1]
    finally:
        stranger.close()


def test_a_worker_that_cannot_reach_kafka_ends_and_says_so_last(settings: Settings) -> None:
    nowhere = {name: getattr(settings, name) for name in settings.model_fields_set} | {"kafka": "127.0.0.1:1"}
    worker = Worker(Settings(**nowhere))
    try:
        assert worker.process.wait(30) == 1
    finally:
        worker.process.kill()
        worker.process.wait()
    last = worker.text().strip().splitlines()[-1]
    assert "the worker can't go on: KafkaConnectionError" in last


def test_what_kafka_refuses_ends_the_worker_and_commits_nothing(
    start_worker: Start, bus: Bus, rules: Path, settings: Settings
) -> None:
    worker = start_worker({"rules": rules})
    admin = KafkaAdminClient(bootstrap_servers=settings.kafka)
    admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, bus.topics.tagged, {"max.message.bytes": "100"})])
    admin.close()
    bus.put(wire(body=ABOUT_BOTH))
    assert worker.process.wait(60) != 0
    assert "Kafka refuses what Marsad publishes" in worker.text().strip().splitlines()[-1]
    assert bus.lag() == 1


def test_an_endless_article_fits_into_what_is_said_of_it(start_worker: Start, bus: Bus, rules: Path) -> None:
    start_worker({"rules": rules})
    endless = "Russia and North Korea on military cooperation, " * 20_000
    bus.put(wire(title=endless[:500_000], body=endless[:500_000]), wire(title="good"), compression="gzip")
    bus.caught_up()
    wait_until(lambda: len(bus.read(bus.topics.alerts)) == 1)
    assert len(bus.read(bus.topics.tagged)) == 2


def test_hostile_messages_become_dead_letters(start_worker: Start, bus: Bus, rules: Path) -> None:
    worker = start_worker({"rules": rules})
    messages = cast("list[tuple[bytes, Reason]]", [parameter.values for parameter in HOSTILE])
    for number, (raw, _) in enumerate(messages):
        bus.put(wire(title=f"good {number}"), raw, compression="gzip")
    bus.put(wire(title="x" * 10_000_000), wire(title="good to the end"), compression="gzip")
    bus.caught_up()
    letters = bus.read(bus.topics.dead_letters)
    expected = sorted([*(reason for _, reason in messages), Reason.TOO_LARGE])
    assert sorted(headers["reason"] for _, _, headers in letters) == expected
    assert len(bus.read(bus.topics.tagged)) == len(messages) + 1
    origins = {(h["source-topic"], h["source-partition"], h["source-offset"]) for _, _, h in letters}
    assert len(origins) == len(letters)
    assert 'marsad_dead_letters_total{reason="too_large"} 2.0' in worker.get("/metrics")
    wait_until(lambda: 'marsad_consumer_lag{partition="0"} 0.0' in worker.get("/metrics"))


@pytest.mark.anyio
async def test_killed_in_the_middle_every_article_counts_once(
    start_worker: Start, bus: Bus, rules: Path, settings: Settings
) -> None:
    total, every = 5_000, 50
    quiet = "Russia and North Korea were named in note {}."
    messages = [wire(id=f"a{n}", body=f"{ABOUT_BOTH} {n}" if n % every == 0 else quiet.format(n)) for n in range(total)]
    slow = {"rules": rules, "batch_max": 50}
    worker = start_worker(slow)
    bus.put(*messages)
    for share in (0.2, 0.5):
        wait_until(lambda share=share: bus.lag() < total * (1 - share))  # type: ignore[misc]  # bound at once
        worker.end(signal.SIGKILL)
        assert bus.lag() > 0, "it was done before it could be killed"
        worker = start_worker(slow)
    bus.caught_up(120)
    expected = total // every
    wait_until(lambda: len({a["id"] for a in bus.values(bus.topics.alerts)}) == expected)
    assert worker.end() == 0
    assert await counted(settings, worker_redis(settings)) == (total, total)
    assert {tagged["id"] for tagged in bus.values(bus.topics.tagged)} == {f"a{n}" for n in range(total)}


@pytest.mark.anyio
async def test_partitions_that_move_between_workers_count_every_article_once(
    start_worker: Start, bus: Bus, rules: Path, settings: Settings
) -> None:
    total = 3_000
    slow = {"rules": rules, "batch_max": 20}
    first = start_worker(slow)
    bus.put(*(wire(id=f"a{n}", body=f"Russia and North Korea were named in note {n}.") for n in range(total)))
    wait_until(lambda: bus.lag() < 0.9 * total)
    start_worker(slow)
    wait_until(lambda: bus.lag() < 0.5 * total)
    assert first.end() == 0
    bus.caught_up(120)
    assert await counted(settings, worker_redis(settings)) == (total, total)
    tagged = [article["id"] for article in bus.values(bus.topics.tagged)]
    assert set(tagged) == {f"a{n}" for n in range(total)}


def test_an_error_ends_the_worker_and_commits_nothing(
    start_worker: Start, bus: Bus, settings: Settings, rules: Path
) -> None:
    with Redis.from_url(worker_redis(settings)) as redis:
        redis.rpush(Keys(settings.redis_prefix).story_of("a1"), "no string")
    worker = start_worker({"rules": rules})
    bus.put(wire(id="a1", body=ABOUT_BOTH))
    assert worker.process.wait(30) != 0
    last = worker.text().strip().splitlines()[-1]
    assert "the worker can't go on" in last
    assert "WRONGTYPE" in last
    assert bus.lag() == 1


@pytest.fixture
def alone(tmp_path: Path, rules: Path) -> Iterator[tuple[LocalServices, Settings, Worker]]:
    """A worker with servers that nobody else uses, so that they can be killed."""
    services = LocalServices(Settings(), tmp_path / "services")
    try:
        addresses = services.up(print)
        servers = {"kafka": addresses.kafka, "redis": SecretStr(addresses.redis)}
        settings = Settings(**servers, rules=rules, home=tmp_path, metrics_port=0, batch_max=20)  # type: ignore[arg-type]
        create_topics(settings, addresses.kafka)
        worker = Worker(settings)
        try:
            worker.started()
            yield services, settings, worker
        finally:
            worker.process.kill()
            worker.process.wait()
    finally:
        services.down(print)


@pytest.mark.anyio
async def test_servers_that_die_and_come_back_lose_nothing(alone: tuple[LocalServices, Settings, Worker]) -> None:
    services, settings, worker = alone
    bus, total = Bus(settings), 2_000
    bus.put(*(wire(id=f"a{n}", body=f"Russia and North Korea were named in note {n}.") for n in range(total)))
    for name, share in (("redis", 0.9), ("kafka", 0.6)):
        wait_until(lambda share=share: bus.lag() < share * total)  # type: ignore[misc]  # bound at once
        services.kill(name)  # type: ignore[arg-type]  # a literal
        services.up(print)
    bus.caught_up(120)
    assert await counted(settings, worker_redis(settings)) == (total, total)
    assert {article["id"] for article in bus.values(bus.topics.tagged)} == {f"a{n}" for n in range(total)}
    assert worker.end() == 0


def test_plain_faust_runs_it_without_fausts_web_server(start_worker: Start, bus: Bus, rules: Path) -> None:
    command = ("-m", "faust", "-A", "streams.app", "worker", "--loglevel", "info")
    worker = start_worker({"rules": rules}, command=command)
    bus.put(wire(body=ABOUT_BOTH))
    wait_until(lambda: len(bus.read(bus.topics.alerts)) == 1)
    assert re.search(r"healthy\W+true", worker.get("/healthz"))
    assert "6066" not in listening(worker)


def listening(worker: Worker) -> str:
    import psutil

    connections = psutil.Process(worker.process.pid).net_connections("tcp")
    return " ".join(str(c.laddr.port) for c in connections if c.status == psutil.CONN_LISTEN)


def test_a_bad_rule_file_stops_the_start(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("rules:\n- {id: a, pair: [Russia, Atlantis]}\n- {id: b, pears: [Russia, China]}\n", "utf-8")
    changed = Settings(**{**{n: getattr(settings, n) for n in settings.model_fields_set}, "rules": path})
    result = CliRunner().invoke(main, ["worker"], env=environment(changed))
    assert result.exit_code == 1
    assert "Atlantis is not in the catalogue" in result.output
    assert "pears: unknown key; did you mean pair?" in result.output
