"""Articles to be replayed: raw or tagged ones from files, or what is on Kafka now."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import msgspec

from processors.article import Article
from processors.errors import InputError
from processors.tagging import Tagger
from processors.tags import TaggedArticle
from streams.alertlog import reading
from streams.codec import BadArticleError, decode, decode_line
from streams.records import TaggedRecord
from streams.settings import Settings
from streams.topics import KafkaTopics

_tagged = msgspec.json.Decoder(TaggedRecord)


def from_file(path: Path, tagger: Tagger, now: float) -> Iterator[TaggedArticle]:
    """Yield the articles of a file of JSON Lines, also compressed; raise InputError with the line that cannot be read.

    Records of the Kafka topic of tagged articles keep their tags; they have no body.
    """
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _read(line, f"{path}:{number}", tagger, now)
    except (OSError, EOFError) as error:
        message = f"{path}: cannot be read: {error.strerror if isinstance(error, OSError) else error}"
        raise InputError(message) from error


def _read(line: bytes, where: str, tagger: Tagger, now: float) -> TaggedArticle:
    if b'"mentions":' in line:
        try:
            return _of_record(_tagged.decode(line))
        except msgspec.ValidationError as error:
            message = f"{where}: is neither an article nor a record of a tagged one: {error}"
            raise InputError(message) from error
    return tagger.tag(decode_line(line, where, now, len(line)))


def _of_record(record: TaggedRecord) -> TaggedArticle:
    article = Article(
        id=record.id,
        title=record.title,
        body="",
        lang=record.lang,
        published_at=record.published_at,
        time_basis=record.time_basis,
        version=record.version,
        url=record.url,
        source=record.source,
    )
    return TaggedArticle(article, record.actors, record.topics, record.mentions)


def from_kafka(settings: Settings, tagger: Tagger, since: float) -> Iterator[TaggedArticle]:
    """Yield the articles on Kafka from a time on up to its end now; what is no article is left out.

    Nothing is committed. Raises ServiceError when Kafka cannot be reached.
    """
    with reading(settings, KafkaTopics.of(settings).articles, since) as consumer:
        ends = consumer.end_offsets(list(consumer.assignment()))
        while any(consumer.position(partition) < end for partition, end in ends.items()):
            for records in consumer.poll(timeout_ms=200).values():
                for record in records:
                    try:
                        article = decode(record.value, record.timestamp / 1000, settings.article_max_bytes)
                    except BadArticleError:
                        continue
                    yield tagger.tag(article)
