"""Catalogues for the benchmark: the one that comes with Marsad, cut down or extended to a number of aliases."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Final

import msgspec

from processors.catalogue import ACTOR_FILES, TOPIC_FILES, Catalogue

SEED: Final = 11
ALIASES_EACH: Final = 10
GROUPS: Final = ("name", "abbreviation", "demonym", "capital", "seat")
SYLLABLES: Final[Mapping[str, str]] = {
    "en": "ba ke lo mi nu ra se to vi dan mor tel gor lin sha",
    "ru": "ба ке ло ми ну ра се то ви дан мор тел гор лин ша",
    "ar": "با كي لو مي نو را سي تو في دان مور تيل غور لين شا",
    "ko": "바 케 로 미 누 라 세 토 비 단 모 텔 고 린 샤",
    "zh": "巴 克 洛 米 努 拉 塞 托 维 丹 莫 特 戈 林 沙",
}
Entry = dict[str, Any]


def make_catalogue(catalogue: Catalogue, size: int, often: Counter[str]) -> list[Entry]:
    """Return the actors of a catalogue with `size` aliases.

    Those of `catalogue` come first, the ones found most `often` before others, so that articles find nearly the same
    in every size; made-up actors follow.
    """
    actors = [actor.model_dump(mode="json", exclude_defaults=True) for actor in catalogue.actors.values()]
    forms = [form for actor in actors for form in _forms(actor)]
    kept = set(sorted(range(len(forms)), key=lambda n: (-often[forms[n].casefold()], n))[:size])
    position = iter(range(len(forms)))
    cut = [_only(actor, position, kept) for actor in actors]
    return [*cut, *_made_up(size - len(kept), {form.casefold() for form in forms})]


def write_catalogue(folder: Path, actors: list[Entry], catalogue: Catalogue) -> Path:
    """Write a catalogue's folder, with the topics of `catalogue`."""
    folder.mkdir()
    topics = [topic.model_dump(mode="json", exclude_none=True) for topic in catalogue.topics.values()]
    for name in (*ACTOR_FILES, *TOPIC_FILES):
        entries = topics if name in TOPIC_FILES else [actor for actor in actors if _file_of(actor) == name]
        lines = [f"- {msgspec.json.encode(entry).decode()}" for entry in entries]
        (folder / name).write_text("\n".join(lines) or "[]", "utf-8")
    return folder


def size_of(actors: list[Entry]) -> int:
    """Return how many aliases actors have."""
    return sum(len(_forms(actor)) for actor in actors)


def _file_of(actor: Entry) -> str:
    kinds = {"state": "states.yaml", "person": "people.yaml", "org": "organisations.yaml"}
    return kinds[actor["id"].partition("/")[0]]


def _forms(actor: Entry) -> list[str]:
    return [form for group in GROUPS for forms in actor.get(group, {}).values() for form in forms]


def _only(actor: Entry, position: Iterator[int], kept: set[int]) -> Entry:
    cut = {
        group: {lang: [f for f in forms if next(position) in kept] for lang, forms in actor.get(group, {}).items()}
        for group in GROUPS
    }
    return actor | cut


def _made_up(size: int, taken: set[str]) -> list[Entry]:
    names = _names(taken)
    entries: list[Entry] = []
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
