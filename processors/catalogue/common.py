"""Words so common in a language that an alias written like one needs a guard."""

from functools import cache
from importlib.resources import files

from processors.normalise import normalise


def is_common(alias: str, lang: str) -> bool:
    """Tell whether an alias is one of the commonest words of its language; capitals alone don't tell them apart."""
    return not alias.isupper() and normalise(alias.rstrip("*")).text in _words(lang)


@cache
def _words(lang: str) -> frozenset[str]:
    """Return the words of a language's list; of a language without one, none."""
    path = files("seeds") / "common" / f"{lang}.txt"
    return frozenset(normalise(path.read_text("utf-8")).text.split()) if path.is_file() else frozenset()
