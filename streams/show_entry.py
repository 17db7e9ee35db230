"""An entry of the catalogue as a person reads and writes it."""

from typing import Any

import msgspec
import yaml

from processors.catalogue.entries import Entries, Entry, TopicEntry


class _Lines(yaml.SafeDumper):
    """Writes lists of words on one line."""


_Lines.add_representer(
    list, lambda dumper, words: dumper.represent_sequence("tag:yaml.org,2002:seq", words, flow_style=True)
)


def entry_as_yaml(entries: Entries, name: str, lang: str | None) -> str:
    """Return an actor or a topic of the catalogue as YAML, in one language or in all."""
    topic = next((entry for entry in entries.topics if entry.topic.id == name), None)
    if topic is not None:
        return _dumped(topic_fields(topic, lang))
    return _dumped(actor_fields(next(entry for entry in entries.actors if entry.actor.id == name), lang))


def actor_fields(entry: Entry, lang: str | None) -> dict[str, Any]:
    """Return an actor as the catalogue's files hold it, in one language or in all."""
    head = msgspec.to_builtins(entry.actor)
    head["periods"] = head.pop("historic")
    shown = {key: value for key, value in head.items() if value}
    for group, forms in entry.forms.items():
        both = {language: [*words] for language, words in forms.items()}
        for language, words in entry.made.get(group, {}).items():
            both[language] = [*dict.fromkeys((*both.get(language, []), *words))]
        shown |= _in(group, both, lang)
    return shown | _in("historic", entry.historic, lang) | _in("guards", entry.guards, lang)


def topic_fields(entry: TopicEntry, lang: str | None) -> dict[str, Any]:
    """Return a topic as the catalogue's files hold it, in one language or in all."""
    shown = {key: value for key, value in msgspec.to_builtins(entry.topic).items() if value}
    terms: dict[str, dict[float, list[str]]] = {}
    for language, weighted in entry.terms.items():
        for weight, term in weighted:
            terms.setdefault(language, {}).setdefault(weight, []).append(term)
    return shown | _in("terms", terms, lang)


def _in(group: str, forms: dict[str, Any], lang: str | None) -> dict[str, Any]:
    kept = {language: words for language, words in forms.items() if words and lang in (None, language)}
    return {group: kept} if kept else {}


def _dumped(content: dict[str, Any]) -> str:
    return yaml.dump(content, Dumper=_Lines, allow_unicode=True, sort_keys=False, width=120)
