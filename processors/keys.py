"""The names of Redis keys: hash tags put what one script touches in one slot of a cluster."""

from typing import Final
from zlib import crc32

COUNT_SHARDS: Final = 4
"""Counts are spread over this many slots by article; a reading adds them up. Fixed: changing it loses counts."""

RULE_SLOTS: Final = 16
"""Rules are spread over this many slots, each with an outbox of its own. Fixed, as above."""


class Keys:
    """Every key that Marsad uses, below one prefix."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def claim(self, shard: int, kind: str, name: str) -> str:
        """Return the key that remembers what an article or story has been counted for."""
        return f"{self._prefix}{{c{shard}}}:{kind}:{name}"

    def bucket(self, shard: int, hour: int) -> str:
        """Return the key of the counts of one hour, a hash."""
        return f"{self._prefix}{{c{shard}}}:counts:{hour}"

    def sources(self, subject: str, hour: int) -> str:
        """Return the key of the sources that named a subject in one hour, a HyperLogLog."""
        return f"{self._prefix}{{c{shard_of(subject)}}}:sources:{hour}:{subject}"

    def story_of(self, article: str) -> str:
        """Return the key that remembers an article's story."""
        return f"{self._prefix}{{stories}}:of:{article}"

    def story_texts(self, lang: str, period: int) -> str:
        """Return the key of what texts of one language and period are found and compared by, a hash."""
        return f"{self._prefix}{{stories}}:texts:{lang}:{period}"

    def of_rule(self, rule: str, state: str) -> str:
        """Return the key of what is known of a rule whatever the group, a hash."""
        return f"{self._prefix}{{r{slot_of(rule)}}}:rule:{rule}:{state}"

    def of_group(self, what: str, rule: str, state: str, group: str) -> str:
        """Return the key of what a rule knows of a group: its `state`, a hash, or its `window`, a sorted set."""
        return f"{self._prefix}{{r{slot_of(rule)}}}:{what}:{rule}:{state}:{group}"

    def judged(self, what: str, rule: str, state: str, group: str, name: str) -> str:
        """Return the key that remembers what a rule decided for an `article` of a group, or did with a `story`."""
        return f"{self._prefix}{{r{slot_of(rule)}}}:{what}:{rule}:{state}:{len(group)}:{group}:{name}"

    def absences(self, slot: int) -> str:
        """Return the key of the watermark that absences of one slot were judged at."""
        return f"{self._prefix}{{r{slot}}}:absences"

    def watermark(self) -> str:
        """Return the key of how far each partition is processed, a hash."""
        return f"{self._prefix}{{watermark}}:progress"

    def tick(self) -> str:
        """Return the key that says that a worker judges absences now."""
        return f"{self._prefix}{{watermark}}:tick"

    def silences(self) -> str:
        """Return the key of the silences, a hash."""
        return f"{self._prefix}{{silences}}:all"

    def workers(self) -> str:
        """Return the key of what the workers say of themselves, a hash."""
        return f"{self._prefix}{{group}}:workers"

    def seen(self) -> str:
        """Return the key of when each worker was last heard of, a sorted set."""
        return f"{self._prefix}{{group}}:seen"

    def speaker(self) -> str:
        """Return the key that says which worker speaks for the group."""
        return f"{self._prefix}{{group}}:speaker"

    def outbox(self, slot: int) -> str:
        """Return the key of the alerts of one slot that wait for Kafka, a stream."""
        return f"{self._prefix}{{r{slot}}}:outbox"

    def lease(self, slot: int) -> str:
        """Return the key that says who relays the outbox of one slot."""
        return f"{self._prefix}{{r{slot}}}:lease"


def shard_of(name: str) -> int:
    """Return the shard that counts for `name`."""
    return crc32(name.encode("utf-8", "surrogatepass")) % COUNT_SHARDS


def slot_of(rule: str) -> int:
    """Return the slot that a rule lives in."""
    return crc32(rule.encode()) % RULE_SLOTS
