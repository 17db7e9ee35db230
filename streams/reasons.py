"""Why an article was tagged for an actor or a topic, in words."""

from collections import defaultdict
from collections.abc import Iterator

from processors.article import Article
from processors.matcher import Mention
from processors.reading import Reading, TermHit
from processors.tagging import Tagger, needed
from processors.tags import TaggedArticle
from processors.zones import ASIDE


def reasons(tagger: Tagger, article: Article, wanted: set[str]) -> Iterator[str]:
    """Yield, in lines, what an article was and was not tagged for, and why; all of it when nothing is `wanted`."""
    reading = tagger.read(article, thorough=True)
    tagged = tagger.with_tags(article, reading)
    yield f"language {article.lang}; {len(article.title) + len(article.body):,} characters"
    yield from _actors(tagger, tagged, reading, wanted)
    yield from _topics(tagger, tagged, reading, wanted)


def _actors(tagger: Tagger, tagged: TaggedArticle, reading: Reading, wanted: set[str]) -> Iterator[str]:
    """Yield the actors of an article with what named them, and what looked like a name but did not count."""
    shown: defaultdict[str, list[str]] = defaultdict(list)
    for mention in tagged.mentions:
        if mention.id in tagger.catalogue.actors:
            shown[mention.id].append(f"  + {_where(mention)}: {mention.how.value}{_aside(mention)}")
    for actor in tagged.actors:
        for state in actor.states:
            shown[state].append(f"  + {tagger.catalogue.label(actor.id)} stands for it at the article's date")
    for refused in reading.refused():
        if refused.use.id:
            shown[refused.use.id].append(f"  - {_where(refused.mention)}: {refused.why.value}")
    scores = {actor.id: actor.score for actor in tagged.actors}
    for name in sorted(wanted & tagger.catalogue.actors.keys()) if wanted else [*shown]:
        verdict = f"tagged, score {scores[name]}" if name in scores else "not tagged"
        yield f"{name} ({tagger.catalogue.label(name)}): {verdict}"
        yield from dict.fromkeys(shown.get(name, ["  - none of its aliases is in the article"]))


def _topics(tagger: Tagger, tagged: TaggedArticle, reading: Reading, wanted: set[str]) -> Iterator[str]:
    """Yield the topics of an article with the terms that showed them, their weights and what they had to reach."""
    hits: defaultdict[str, dict[str, TermHit]] = defaultdict(dict)
    for hit in reading.terms:
        if hit.zone not in ASIDE:
            hits[hit.phrase.topic].setdefault(hit.phrase.written, hit)
    scores = {topic.id: topic.score for topic in tagged.topics}
    need = needed(tagged.article)
    for name in (
        sorted(wanted & tagger.catalogue.topics.keys()) if wanted else [*scores, *(hits.keys() - scores.keys())]
    ):
        total = sum(hit.phrase.weight for hit in hits[name].values())
        bound = tagger.catalogue.topics[name].threshold * need
        verdict = f"tagged, score {scores[name]}" if name in scores else "not tagged"
        yield f"{name}: {verdict}; its terms weigh {total:.2f} of {bound:.2f}"
        for term, hit in hits[name].items():
            yield f"  {hit.phrase.weight:+.2f} {term}: {_where(reading.mention(hit))}"
        below = sorted(t for t in scores if t != name and name in tagger.catalogue.ancestors(t))
        if below:
            yield f"  above {', '.join(below)}"


def _where(mention: Mention) -> str:
    return f"{mention.field} {mention.start}-{mention.end} “{mention.text}”"


def _aside(mention: Mention) -> str:
    return f", only in the {mention.zone}" if mention.zone in ASIDE else ""
