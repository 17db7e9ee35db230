"""The actors and topics that rules name, resolved once each."""

from collections import defaultdict
from functools import lru_cache

from processors.errors import InputError
from processors.normalise import normalise
from processors.tagging import Tagger, nearest


class Names:
    """What analysts call actors and topics, as the catalogue knows them."""

    def __init__(self, tagger: Tagger) -> None:
        self.catalogue = tagger.catalogue
        self._tagger = tagger
        self._topics: defaultdict[str, set[str]] = defaultdict(set)
        for topic in self.catalogue.topics.values():
            for label in topic.labels.values():
                self._topics[normalise(label).text].add(topic.id)
        self._actor = lru_cache(None)(self._found_actor)
        self._topic = lru_cache(None)(self._found_topic)
        self.below = lru_cache(None)(self._below)

    def actor(self, written: str) -> str:
        """Return the id of an actor; raise InputError that says what may have been meant."""
        return _told(self._actor(written))

    def topic(self, written: str) -> str:
        """Return the id of a topic; raise InputError that says what may have been meant."""
        return _told(self._topic(written))

    def _below(self, topics: frozenset[str]) -> frozenset[str]:
        """Return topics with all those below them."""
        ancestors = self.catalogue.ancestors
        return frozenset(t for t in self.catalogue.topics if not topics.isdisjoint(ancestors(t))) if topics else topics

    def own_states(self, actor: str) -> set[str]:
        """Return the states that an actor stands for without an end."""
        roles = self.catalogue.actors[actor].roles
        return {role.of for role in roles if role.until is None and role.of.startswith("state/")}

    def _found_actor(self, written: str) -> str | InputError:
        try:
            return self._tagger.actor(written)
        except InputError as error:
            return error

    def _found_topic(self, written: str) -> str | InputError:
        if written in self.catalogue.topics:
            return written
        found = sorted(self._topics.get(normalise(written).text, ()))
        if len(found) == 1:
            return found[0]
        if found:
            return InputError(f"{written} may be {', '.join(found)}; write the id you mean")
        labels = (label for topic in self.catalogue.topics.values() for label in topic.labels.values())
        hint = nearest(written, [*self.catalogue.topics, *labels]) or "; `docs/catalogue.md` tells how to add one"
        return InputError(f"{written} is no topic of the catalogue{hint}")


def _told(found: str | InputError) -> str:
    if isinstance(found, InputError):
        raise found
    return found
