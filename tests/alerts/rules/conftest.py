"""What tests of rules share."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from alerts.rule import Fit
from processors.article import Article
from processors.tagging import Tagger
from processors.tags import TaggedArticle
from streams.samples import samples
from tests.alerts.rules.makers import rules_of

Fits = Callable[[str, Article], list[Fit]]


@pytest.fixture(scope="session")
def sample(tagger: Tagger) -> list[TaggedArticle]:
    """The sample articles."""
    return [tagger.tag(article) for article in samples(time.time(), 1 << 20)]


@pytest.fixture
def fits(tagger: Tagger, tmp_path: Path) -> Fits:
    """Tells how an article fits a rule, given without its id."""
    return lambda rule, article: rules_of(tmp_path, tagger, f"id: watch\n{rule}").fits(tagger.tag(article))
