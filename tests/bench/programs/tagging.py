"""What tagging costs by itself, step by step, on a file of articles as they stand on Kafka."""

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from processors.article import Article
from processors.normalise import normalise
from processors.tagging import Tagger
from streams.codec import decode
from streams.settings import Settings
from streams.wiring import load_tagger
from tests.bench.programs.tally import leave, option

BATCH: Final = 500
Steps = dict[str, Callable[[], object]]


def main() -> None:
    """Tag everything once to warm up, then take each step's time."""
    begun = time.time()
    articles = [decode(line, begun, len(line)) for line in Path(option("TEXTS")).read_bytes().splitlines()]
    articles = [article for batch in batched(articles) for article in sorted(batch, key=lambda a: a.lang)]
    tagger = load_tagger(Settings.load())
    for article in articles:
        tagger.tag(article)
    gc.freeze()  # as Marsad's worker does
    spent = {name: _cpu(step) for name, step in _steps(articles, tagger).items()}
    characters = sum(len(article.title) + len(article.body) for article in articles)
    leave({"articles": len(articles), "characters": characters, "spent": spent})


def batched(articles: Sequence[Article]) -> Iterator[Sequence[Article]]:
    """Yield the articles in batches as the worker takes them, which tags those of one language together."""
    for first in range(0, len(articles), BATCH):
        yield articles[first : first + BATCH]


def _steps(articles: Sequence[Article], tagger: Tagger) -> Steps:
    """Return the steps, each with all that come before it."""
    texts = [(tagger.matcher(article.lang), text, normalise(text)) for article in articles for text in [_text(article)]]
    return {
        "normalise": lambda: [normalise(text) for _, text, _ in texts],
        "automaton": lambda: [matcher.occurrences(seen) for matcher, _, seen in texts],
        "find": lambda: [matcher.find(text, seen) for matcher, text, seen in texts],
        "read": lambda: [tagger.read(article) for article in articles],
        "tag": lambda: [tagger.tag(article) for article in articles],
    }


def _text(article: Article) -> str:
    return f"{article.title}\n{article.body}"


def _cpu(step: Callable[[], object]) -> float:
    begun = time.process_time()
    step()
    return time.process_time() - begun


if __name__ == "__main__":
    main()
