"""The known outcome: what must be there in the end, worked out from the plan alone."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from processors.article import digest
from processors.counts import Counts, actor_subject, pair_subject, topic_subject
from processors.tagging import Tagger
from streams.codec import Reason
from tests.crash.generator import Plan, Version, WatchRule
from tests.crash.texts import Named


class ExpectedAlert(msgspec.Struct, frozen=True):
    """An alert that must be raised; any one of `articles` raises it, the others are held back."""

    rule: WatchRule
    story: str
    topics: frozenset[str]
    articles: frozenset[str]


class Outcome(msgspec.Struct, frozen=True):
    """What must be there in the end: what was fed, each key's values in order, and what comes of it.

    Tagged articles are known by id and version, dead letters by the key of their message.
    """

    messages: int
    fed: dict[bytes, tuple[bytes, ...]]
    counts: dict[str, Counts]
    alerts: dict[str, ExpectedAlert]
    tagged: dict[tuple[str, str], Version]
    dead: dict[bytes, Reason]


def known_outcome(plan: Plan) -> Outcome:
    """Return the outcome of a plan."""
    fed: defaultdict[bytes, dict[bytes, None]] = defaultdict(dict)
    for message in plan.messages:
        fed[message.key].setdefault(message.value)
    return Outcome(
        messages=len(plan.messages),
        fed={key: tuple(values) for key, values in fed.items()},
        counts=_counts(plan.versions),
        alerts=_alerts(plan.versions, plan.rules),
        tagged={(version.article.id, version.article.version): version for version in plan.versions},
        dead=plan.poison,
    )


def subjects(what: Named) -> Iterable[str]:
    """Return everything that something named is counted for."""
    yield from map(actor_subject, what.actors)
    yield from map(topic_subject, what.topics)
    for pair in what.pairs():
        yield pair_subject(*pair)
        yield from (pair_subject(*pair, topic) for topic in what.topics)


def _counts(versions: list[Version]) -> dict[str, Counts]:
    articles: defaultdict[str, set[str]] = defaultdict(set)
    stories: defaultdict[str, set[str]] = defaultdict(set)
    sources: defaultdict[str, set[str]] = defaultdict(set)
    for version in versions:
        for subject in subjects(version.named):
            articles[subject].add(version.article.id)
            stories[subject].add(version.story)
            sources[subject].add(version.article.source)
    return {name: Counts(len(articles[name]), len(stories[name]), len(sources[name])) for name in articles}


def _alerts(versions: list[Version], rules: list[WatchRule]) -> dict[str, ExpectedAlert]:
    met: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    topics: dict[tuple[int, str], frozenset[str]] = {}
    for version in versions:
        for number, rule in enumerate(rules):
            if (found := rule.met_for(version.named)) is not None:
                met[number, version.story].add(version.article.id)
                topics[number, version.story] = found
    alerts = [
        ExpectedAlert(rules[number], story, topics[number, story], frozenset(articles))
        for (number, story), articles in met.items()
    ]
    return {digest("alert", alert.rule.id, alert.rule.key, alert.story): alert for alert in alerts}


def disagreements(plan: Plan, tagger: Tagger) -> list[str]:
    """Return the texts in which the tagger sees other names than were put there; the outcome needs there to be none."""
    found = []
    for version in plan.versions:
        tagged = tagger.tag(version.article)
        seen = Named(tagged.actor_ids, tagged.topic_ids)
        if seen != version.named:
            found.append(f"{version.article.body!r} was made to name {version.named}; the tagger finds {seen}")
    return found
