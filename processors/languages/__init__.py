"""The languages whose grammar is known."""

from importlib import import_module
from typing import Final

from processors.languages.grammar import Grammar

_MODULES: Final = {
    "ar": "arabic", "fa": "persian", "ur": "urdu", "he": "hebrew",
    "en": "english", "de": "german", "fr": "french", "es": "spanish", "pt": "portuguese", "it": "italian",
    "tr": "turkish", "ru": "russian", "uk": "ukrainian", "pl": "polish", "cs": "czech", "sl": "slovene",
    "bg": "bulgarian", "zh": "chinese", "ja": "japanese", "ko": "korean", "hi": "hindi",
}  # fmt: skip
LANGUAGES: Final = tuple(_MODULES)


def grammar_of(lang: str) -> Grammar:
    """Return the grammar of a language; for one that is not known, that of one whose words don't change."""
    if lang not in _MODULES:
        return Grammar()
    grammar: Grammar = import_module(f"processors.languages.{_MODULES[lang]}").GRAMMAR
    return grammar
