"""records -> tagged articles, dead letters."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from typing import ParamSpec, TypeVar

from processors.article import Article
from processors.tagging import Tagger
from processors.tags import TaggedArticle
from streams.codec import BadArticleError, Reason, decode
from streams.driver.thread import Record
from streams.records import OutRecord, dead_letter
from streams.wiring import Services

LOG = logging.getLogger(__name__)
Given = ParamSpec("Given")
Result = TypeVar("Result")


async def read_all(batch: Sequence[Record], services: Services) -> tuple[list[TaggedArticle], list[OutRecord]]:
    """Decode and tag every record; what is no article becomes a dead letter and harms no other.

    Articles of one language are tagged one after the other, while the processor's cache holds its names.
    """
    limit = services.settings.article_max_bytes
    read: list[Article | TaggedArticle | BadArticleError] = [
        _attempt(record, decode, record.value, record.timestamp / 1000, limit) for record in batch
    ]
    articles = [(place, article) for place, article in enumerate(read) if isinstance(article, Article)]
    await _learn({article.lang for _, article in articles}, services.tagger)
    for place, article in sorted(articles, key=lambda placed: placed[1].lang):
        read[place] = _attempt(batch[place], services.tagger.tag, article)
    failed = [(record, error) for record, error in zip(batch, read, strict=True) if isinstance(error, BadArticleError)]
    return [t for t in read if isinstance(t, TaggedArticle)], [_dead_letter(*pair, services) for pair in failed]


async def _learn(languages: Iterable[str], tagger: Tagger) -> None:
    """Load what the catalogue says in languages that are new, beside the event loop, since it may take seconds."""
    for lang in languages:
        if not tagger.knows(lang):
            await asyncio.to_thread(tagger.matcher, lang)


def _attempt(
    record: Record, step: Callable[Given, Result], *given: Given.args, **named: Given.kwargs
) -> Result | BadArticleError:
    try:
        return step(*given, **named)
    except BadArticleError as error:
        return error
    except Exception as error:
        LOG.exception("%s/%s@%s cannot be read", record.topic, record.partition, record.offset)
        return BadArticleError(Reason.UNREADABLE, repr(error))


def _dead_letter(record: Record, error: BadArticleError, services: Services) -> OutRecord:
    services.metrics.dead_letters.labels(error.reason).inc()
    origin, limit = (record.topic, record.partition, record.offset), services.settings.article_max_bytes
    return dead_letter(services.kafka.dead_letters, origin, record.value or b"", error, limit)
