"""Catalogues for the benchmark: the one that comes with Marsad, cut down or extended to a number of aliases."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Final

import msgspec

from processors.catalogue.entries import Entries, Entry
from streams.show_entry import actor_fields, topic_fields

SEED: Final = 11
ALIASES_EACH: Final = 10
GROUPS: Final = ("name", "abbreviation", "demonym", "capital", "seat", "safe", "surname")
SYLLABLES: Final[Mapping[str, str]] = {
    "en": "ba ke lo mi nu ra se to vi dan mor tel gor lin sha",
    "ru": "ба ке ло ми ну ра се то ви дан мор тел гор лин ша",
    "ar": "با كي لو مي نو را سي تو في دان مور تيل غور لين شا",
    "ko": "바 케 로 미 누 라 세 토 비 단 모 텔 고 린 샤",
    "zh": "巴 克 洛 米 努 拉 塞 托 维 丹 莫 特 戈 林 沙",
}
Fields = dict[str, Any]
Often = Counter[tuple[str, str]]
"""How often an actor was found in articles of a language."""


def make_catalogue(entries: Entries, size: int, often: Often) -> list[Fields]:
    """Return the actors of a catalogue with `size` aliases.

    Those that articles of a language name most `often` keep their aliases in it, so that articles find nearly the
    same in every size; made-up actors follow.
    """
    actors = [_plain(entry) for entry in entries.actors]
    wanted = sorted(
        ((actor["id"], lang) for actor in actors for lang in sorted(_languages(actor))), key=lambda p: (-often[p], p)
    )
    left, kept = size, set[tuple[str, str]]()
    written = {actor["id"]: actor for actor in actors}
    for name, lang in wanted:
        count = len(_forms(written[name], lang))
        if count <= left:
            kept.add((name, lang))
            left -= count
    cut = [_only(actor, {lang for name, lang in kept if name == actor["id"]}) for actor in actors]
    return [*cut, *_made_up(left, {form.casefold() for actor in actors for form in _forms(actor)})]


def write_catalogue(folder: Path, actors: list[Fields], entries: Entries) -> Path:
    """Write a catalogue's folder, with the topics of `entries`."""
    folder.mkdir()
    for name, found in (("actors", actors), ("topics", [topic_fields(topic, None) for topic in entries.topics])):
        (folder / f"{name}.yaml").write_text("\n".join(f"- {_json(entry)}" for entry in found), "utf-8")
    return folder


def size_of(actors: list[Fields]) -> int:
    """Return how many aliases actors have."""
    return sum(len(_forms(actor)) for actor in actors)


def _json(entry: Fields) -> str:
    return msgspec.json.encode(entry).decode()


def _plain(entry: Entry) -> Fields:
    fields = actor_fields(entry, None)
    for lang, former in fields.pop("historic", {}).items():
        fields.setdefault("name", {}).setdefault(lang, []).extend(alias for names in former.values() for alias in names)
    return fields


def _languages(actor: Fields) -> set[str]:
    return {lang for group in GROUPS for lang in actor.get(group, {})}


def _forms(actor: Fields, only: str = "") -> list[str]:
    return [
        form for group in GROUPS for lang, forms in actor.get(group, {}).items() if only in ("", lang) for form in forms
    ]


def _only(actor: Fields, languages: set[str]) -> Fields:
    return actor | {
        group: {lang: forms for lang, forms in actor.get(group, {}).items() if lang in languages} for group in GROUPS
    }


def _made_up(size: int, taken: set[str]) -> list[Fields]:
    names = _names(taken)
    entries: list[Fields] = []
    for first in range(0, size, ALIASES_EACH):
        written = list(islice(names, min(ALIASES_EACH, size - first)))
        forms: dict[str, list[str]] = {}
        for lang, name in written:
            forms.setdefault(lang, []).append(name)
        entries.append({"id": f"person/made-up-{first}", "labels": {"en": written[0][1]}, "name": forms})
    return entries


def _names(taken: set[str]) -> Iterator[tuple[str, str]]:
    draw = random.Random(SEED)  # noqa: S311 - no secret, the same every time
    used = set(taken)
    while True:
        for lang, syllables in SYLLABLES.items():
            space = "" if lang == "zh" else " "
            parts = syllables.split()
            name = space.join("".join(draw.choices(parts, k=3)).capitalize() for _ in range(2))
            if name.casefold() not in used:
                used.add(name.casefold())
                yield lang, name
