"""From produce to alert, at rates that do not wait for the worker."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import msgspec
from confluent_kafka import Consumer, Producer

from alerts.alert import Alert
from streams.codec import WireArticle, encode
from streams.topics import KafkaTopics
from tests.bench.arena import PARTITIONS, Arena, environment, reading
from tests.bench.contestant import Contestant, Running, started
from tests.bench.full_job import LIMIT, MARSAD, WARM_UP, warm_up
from tests.bench.material import Material
from tests.bench.parts.job import RULES
from tests.bench.results import Part, Row, Table, say
from tests.bench.rules import Written, write_rules
from tests.bench.stats import percentile, ratio, spread

RATES = (50, 200, 1_000)
ALL_ALERT = 200
ONE_IN = 10
"""Up to so many articles a second each raises an alert, above it one in ten: nobody reads more."""
JUDGED_RATE = 200
RULE = "latency"
LEAD = 0.3
SETTLING = 1.0
"""What is scheduled in the first second is not measured."""
ALL_WITHIN = 60.0


class Plan(msgspec.Struct, frozen=True):
    """Articles with the moments they are due, in seconds from the beginning; those that raise an alert by id."""

    due: list[tuple[float, bytes]]
    alerting: dict[str, float]


def measure(arena: Arena, material: Material, seconds: float, rounds: int) -> Part:
    """Return how long alerts take, for Marsad's worker and for the bare loop."""
    found: dict[tuple[int, str], list[list[float]]] = {}
    for number in range(rounds):
        for who in (LIMIT, MARSAD):
            for rate, waited in _run(arena, material, who, seconds, f"round {number + 1} of {rounds}"):
                found.setdefault((rate, who.name), []).append(waited)
    rows: list[Row] = [
        {
            "articles/s": rate,
            "contestant": name,
            "p50 ms": spread([percentile(waited, 0.5) for waited in lists]),
            "p99 ms": spread([percentile(waited, 0.99) for waited in lists]),
            "max ms": spread([max(waited) for waited in lists]),
            "alerts": sum(map(len, lists)),
        }
        for (rate, name), lists in sorted(found.items(), key=lambda item: item[0][0])
    ]
    p99 = {
        who: spread([percentile(waited, 0.99) for waited in found[JUDGED_RATE, who.name]]).median
        for who in (MARSAD, LIMIT)
    }
    figures = {"latency_p99_ms": p99[MARSAD], "latency_vs_limit": ratio(p99[MARSAD], p99[LIMIT])}
    notes = [
        f"From the moment an article is due to the moment its alert is read; {seconds:g} s at each rate,",
        f"the first {SETTLING:g} s not counted. Above {ALL_ALERT:,}/s one in {ONE_IN} raises an alert, else all.",
    ]
    return Part("latency", [Table("Latency", rows, notes)], figures)


def plan(articles: Sequence[WireArticle], rate: int, seconds: float, names: Callable[[str], Sequence[str]]) -> Plan:
    """Return what is sent when; some articles get a sentence with a watched pair's `names` in their language."""
    every = 1 if rate <= ALL_ALERT else ONE_IN
    due: list[tuple[float, bytes]] = []
    alerting: dict[str, float] = {}
    for number in range(int(rate * seconds)):
        row, name, moment = articles[number % len(articles)], f"{RULE}-{rate}-{number}", number / rate
        pair = " + ".join(names(row.lang or "en"))
        body = f"{row.body} Report {number} of {rate} names {pair} ."
        if number % every == 0:
            alerting[name] = moment
        text = body if number % every == 0 else f"{row.body} Report {number} of {rate}."
        due.append((moment, encode(msgspec.structs.replace(row, id=name, body=text))))
    return Plan(due, alerting)


def seldom(material: Material) -> tuple[str, str]:
    """Return the two states that the articles name least."""
    named = Counter(actor for article in material.tagged for actor in article.actor_ids)
    states = (name for name in material.catalogue.actors if name.startswith("state/"))
    one, other = sorted(states, key=named.__getitem__)[:2]
    return one, other


def _run(
    arena: Arena, material: Material, who: Contestant, seconds: float, which: str
) -> Iterator[tuple[int, list[float]]]:
    pair = seldom(material)
    rules = write_rules(arena.folder / "latency.yaml", [*material.rules(RULES), Written(RULE, pair, ())])

    def names(lang: str) -> list[str]:
        return [material.catalogue.label(actor, lang) for actor in pair]

    with arena.run(rules=rules) as settings, started(who, environment(settings), arena.folder) as running:
        topics = KafkaTopics.of(settings)
        warm_up(arena, running, topics, material.messages[:WARM_UP])
        with reading(arena.kafka, topics.alerts) as consumer:
            for rate in RATES:
                say(f"latency, {which}: {who.name} at {rate:,}/s")
                planned = plan(material.corpus.articles, rate, seconds, names)
                yield rate, _waits(arena, running, consumer, topics.articles, planned)


def _waits(arena: Arena, running: Running, consumer: Consumer, topic: str, planned: Plan) -> list[float]:
    begun = time.perf_counter() + LEAD
    sender = threading.Thread(target=_send, args=(arena.kafka, topic, planned, begun), daemon=True)
    sender.start()
    waited: dict[str, float] = {}
    deadline = begun + planned.due[-1][0] + ALL_WITHIN
    while len(waited) < len(planned.alerting):
        message = consumer.poll(0.1)
        now = time.perf_counter()
        name = _article(message.value()) if message is not None else ""
        if name in planned.alerting:
            waited.setdefault(name, now - begun - planned.alerting[name])
        if now > deadline:
            running.fail(f"{len(waited)} of {len(planned.alerting)} alerts came")
    sender.join()
    return [1000 * wait for name, wait in waited.items() if planned.alerting[name] >= SETTLING]


def _article(value: bytes) -> str:
    alert = msgspec.json.decode(value, type=Alert)
    return alert.evidence[0].article_id if alert.rule.id == RULE else ""


def _send(brokers: str, topic: str, planned: Plan, begun: float) -> None:
    producer = Producer({"bootstrap.servers": brokers, "linger.ms": 0, "log_level": 0})
    for number, (moment, message) in enumerate(planned.due):
        time.sleep(max(0.0, begun + moment - time.perf_counter()))
        producer.produce(topic, message, partition=number % PARTITIONS)
        producer.poll(0)
    producer.flush(ALL_WITHIN)
