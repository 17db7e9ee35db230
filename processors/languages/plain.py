"""Letters without their marks, as keyboards and headlines in capitals write them."""

from typing import Final
from unicodedata import combining, normalize

_UNMARKED: Final = str.maketrans("łŁøØıđĐ", "lLoOidD")


def plain(word: str) -> str:
    """Return a word without accents and other marks on its letters."""
    return "".join(c for c in normalize("NFD", word.translate(_UNMARKED)) if not combining(c))
