"""What the shipped catalogue finds in a sentence."""

from processors.tagging import Tagger
from tests.makers import make_article


def states(tagger: Tagger, body: str, lang: str) -> set[str]:
    """Return the codes of the states that a sentence names."""
    mentions = tagger.tag(make_article(title="", body=body, lang=lang)).mentions
    return {mention.id.removeprefix("state/") for mention in mentions if mention.id.startswith("state/")}
