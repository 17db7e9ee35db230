"""Which aliases of the catalogue count in a language."""

from collections.abc import Iterable
from typing import Final

import msgspec

from processors.catalogue.entries import Entries, Entry
from processors.catalogue.model import How
from processors.languages import LANGUAGES, grammar_of

ANY: Final = "und"
"""What is compiled for languages that the catalogue does not know: the names of all that it does."""

_HOW: Final = {
    "name": How.NAME, "historic": How.NAME, "abbreviation": How.ABBREVIATION, "demonym": How.DEMONYM,
    "capital": How.CAPITAL, "seat": How.SEAT,
}  # fmt: skip
_SHORTEST_SURNAME: Final = 3


class Alias(msgspec.Struct, frozen=True):
    """One alias on its way into the lexicon."""

    id: str
    how: How
    written: str
    lang: str
    alone: bool = True
    made: bool = False


def is_cased(alias: str) -> bool:
    """Tell whether an alias begins with a capital, as it then must in a text."""
    return alias[:1].isupper()


def is_exact(alias: str) -> bool:
    """Tell whether an alias is all capitals, and must stand in a text as it is written."""
    return len(alias) > 1 and alias.isupper()


def aliases_of(entries: Entries, lang: str) -> Iterable[Alias]:
    """Return the aliases that count in a language, those that people wrote first."""
    languages = LANGUAGES if lang == ANY else (lang,)
    for made in (False, True):
        for entry in entries.actors:
            for language in languages:
                yield from _of_entry(entry, language, made=made)


def _of_entry(entry: Entry, lang: str, *, made: bool) -> Iterable[Alias]:
    actor, forms = entry.actor.id, entry.written(made=made)
    if actor.startswith("state/"):
        for group, how in _HOW.items():
            yield from (Alias(actor, how, a, lang, made=made) for a in forms.get(group, {}).get(lang, ()))
    elif actor.startswith("person/"):
        yield from _person(actor, forms, lang)
    else:
        yield from _organisation(actor, forms, lang)
    if lang != "en":  # UN and USA in capitals are read everywhere
        for alias in forms["abbreviation"].get("en", ()):
            if is_exact(alias):
                yield Alias(actor, How.ORGANISATION if actor.startswith("org/") else How.ABBREVIATION, alias, "en")


def _organisation(actor: str, forms: dict[str, dict[str, list[str]]], lang: str) -> Iterable[Alias]:
    for group in ("name", "abbreviation"):
        written = forms[group].get(lang, ())
        yield from (Alias(actor, How.ORGANISATION, alias, lang) for alias in written)
    for language in () if forms["name"].get(lang) else grammar_of(lang).fallbacks:
        yield from (Alias(actor, How.ORGANISATION, alias, language) for alias in forms["name"].get(language, ()))


def _person(actor: str, forms: dict[str, dict[str, list[str]]], lang: str) -> Iterable[Alias]:
    for language in dict.fromkeys((lang, *grammar_of(lang).fallbacks)):
        names, safe = forms["name"].get(language, []), forms["safe"].get(language, [])
        surnames = forms["surname"].get(language, []) or [last for name in names if (last := _last(name))]
        yield from (Alias(actor, How.PERSON, alias, language) for alias in (*names, *safe))
        yield from (
            Alias(actor, How.PERSON, alias, language, alone=False)
            for alias in dict.fromkeys(surnames) if alias not in safe and alias not in names
        )  # fmt: skip


def _last(name: str) -> str:
    words = name.replace("·", " ").split()
    return words[-1] if len(words) > 1 and len(words[-1]) >= _SHORTEST_SURNAME else ""
