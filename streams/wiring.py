"""Everything a worker is made of, built from the settings."""

import asyncio
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

import msgspec
from prometheus_client import CollectorRegistry

from alerts.absences import Absences
from alerts.judge import COUNTS_WINDOW, Judge
from alerts.outbox import Outbox
from alerts.rules.definitions import Definitions, definitions
from alerts.watermark import Watermark
from processors.compiled import CompiledCatalogue
from processors.counts import CountStore
from processors.durations import DAY
from processors.errors import ConfigError
from processors.keys import Keys
from processors.scripts import RedisClient
from processors.stories import StoryStore
from processors.tagging import Tagger
from streams.driver.producer import Codec
from streams.inforce import InForce
from streams.metrics import WorkerMetrics
from streams.publisher import Producer, Publisher
from streams.relay import Relay
from streams.servers import Servers, redis_client
from streams.settings import Settings
from streams.topics import KafkaTopics


class Services(msgspec.Struct, frozen=True):
    """What an agent works with."""

    settings: Settings
    kafka: KafkaTopics
    redis: RedisClient
    keys: Keys
    in_force: InForce
    stories: StoryStore
    counts: CountStore
    judge: Judge
    absences: Absences
    watermark: Watermark
    publisher: Publisher
    relay: Relay
    metrics: WorkerMetrics
    claims_ttl: float
    turn: asyncio.Lock
    """Whose batch may have effects: batches have theirs in the order in which they came."""

    @property
    def tagger(self) -> Tagger:
        """Return what tags articles now, by the catalogue and what the rules in force add to it."""
        return self.in_force.tagger


def claims_ttl(settings: Settings) -> float:
    """Return how long it is remembered that an article was counted: for as long as it may come again."""
    return settings.kafka_retention + max(COUNTS_WINDOW, settings.counts_retention) + DAY


def codecs(settings: Settings, kafka: KafkaTopics) -> dict[str, Codec]:
    """Return how Kafka topics are compressed; alerts are few and are not, so that any client reads them."""
    codec = Codec[settings.kafka_compression.upper()]
    return dict.fromkeys((kafka.tagged, kafka.audit, kafka.dead_letters), codec)


def load_tagger(settings: Settings, rules: Sequence[Path] = ()) -> Tagger:
    """Return the tagger with the catalogue that comes with Marsad and what the user and the rules add to it."""
    return tagger_with(settings, definitions(rules or rule_places(settings), compiled_folder(settings)))


def tagger_with(settings: Settings, defined: Definitions | None) -> Tagger:
    """Return the tagger with what rules were found to define; raise ConfigError."""
    places = [*catalogue_places(settings), *([defined.path] if defined else [])]
    try:
        return Tagger(CompiledCatalogue(places, compiled_folder(settings)))
    except ConfigError as error:
        raise ConfigError(defined.told(str(error)) if defined else str(error)) from error


def compiled_folder(settings: Settings) -> Path:
    """Return where what is compiled of catalogues is kept."""
    return settings.home / "compiled"


def rule_places(settings: Settings) -> list[Path]:
    """Return where the watch rules are: those of the user, else the starter rules."""
    return [settings.rules or Path(str(files("seeds"))) / "rules.yaml"]


def catalogue_places(settings: Settings) -> list[Path]:
    """Return where the catalogue's files are, the user's own last, which extend or override the others."""
    base = settings.catalogue_base or Path(str(files("seeds"))) / "catalogue"
    return [base, *([settings.catalogue] if settings.catalogue else [])]


def build(settings: Settings, servers: Servers, producer: Callable[[], Producer]) -> Services:
    """Build the services; raise ConfigError for a bad catalogue or rule file."""
    in_force = InForce(rule_places(settings), compiled_folder(settings), lambda defined: tagger_with(settings, defined))
    rules = in_force.rules
    metrics = WorkerMetrics(CollectorRegistry(), [(rule.id, rule.severity) for rule in rules.rules])
    metrics.batches.expect(in_force.tagger.catalogue.topics)
    kafka, keys, redis = KafkaTopics.of(settings), Keys(settings.redis_prefix), redis_client(settings, servers.redis)
    ttl = claims_ttl(settings)
    counts = CountStore(redis, keys, ttl, settings.counts_retention)
    limits = {"ttl": ttl, "max_age": settings.max_age}
    judge = Judge(redis, keys, counts, rules, **limits, label=in_force.label)
    judge.evaluated = metrics.rules.evaluated.inc
    publisher = Publisher(producer, lambda _: metrics.errors.labels("kafka").inc(), codecs(settings, kafka))
    return Services(
        settings=settings,
        kafka=kafka,
        redis=redis,
        keys=keys,
        in_force=in_force,
        stories=StoryStore(redis, keys, ttl, settings.story_window),
        counts=counts,
        judge=judge,
        absences=Absences(redis, keys, judge.silences, **limits, label=in_force.label),
        watermark=Watermark(redis, keys, ttl),
        publisher=publisher,
        relay=Relay(Outbox(redis, keys), publisher, kafka, metrics),
        metrics=metrics,
        claims_ttl=ttl,
        turn=asyncio.Lock(),
    )
