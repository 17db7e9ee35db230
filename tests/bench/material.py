"""What the parts work on: articles, their tags, the catalogue, and files of rules."""

from collections import Counter
from pathlib import Path

import msgspec

from processors.catalogue import Catalogue
from processors.catalogue.entries import Entries
from processors.tags import TaggedArticle
from streams.codec import decode
from streams.settings import Settings
from streams.wiring import load_tagger
from tests.bench.aliases import make_catalogue, write_catalogue
from tests.bench.corpus import Corpus
from tests.bench.rules import Written, make_rules, write_rules


class Material(msgspec.Struct, frozen=True):
    """Articles, also as they stand on Kafka and tagged, with the catalogue that tagged them."""

    corpus: Corpus
    messages: list[bytes]
    tagged: list[TaggedArticle]
    catalogue: Catalogue
    entries: Entries

    def rules(self, size: int) -> list[Written]:
        """Return `size` rules."""
        return make_rules(self.tagged, [*self.catalogue.topics], size)

    def rule_file(self, folder: Path, size: int) -> Path:
        """Return a file of `size` rules."""
        path = folder / f"rules-{size}.yaml"
        return path if path.exists() else write_rules(path, self.rules(size))

    def catalogue_folder(self, folder: Path, size: int) -> Path:
        """Return a catalogue of `size` aliases."""
        path = folder / f"catalogue-{size}"
        if not path.exists():
            often = Counter((actor.id, a.article.lang[:2]) for a in self.tagged for actor in a.actors)
            write_catalogue(path, make_catalogue(self.entries, size, often), self.entries)
        return path


def prepare(corpus: Corpus) -> Material:
    """Return what the parts work on."""
    tagger, messages = load_tagger(Settings()), corpus.messages()
    tagged = [tagger.tag(decode(message, corpus.begun, len(message))) for message in messages]
    return Material(corpus, messages, tagged, tagger.catalogue, tagger.compiled.entries)
