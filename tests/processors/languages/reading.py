"""What the shipped catalogue finds in a sentence."""

from processors.tagging import Tagger
from tests.makers import make_article

_PARENTS = {"security", "politics", "economy", "society", "science"}


def states_in(tagger: Tagger, body: str, lang: str) -> set[str]:
    """Return the codes of the states that a sentence names."""
    mentions = tagger.tag(make_article(body=body, lang=lang)).mentions
    return {mention.id.removeprefix("state/") for mention in mentions if mention.id.startswith("state/")}


def topics_in(tagger: Tagger, body: str, lang: str) -> set[str]:
    """Return the topics of a sentence, but for those that only stand above others."""
    return {*tagger.tag(make_article(body=body, lang=lang)).topic_ids} - _PARENTS
