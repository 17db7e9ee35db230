"""Where words begin and end."""

from typing import Final

LONGEST_WORD: Final = 24
"""Letters of a word that are looked at most beside a name."""


def is_letter(character: str) -> bool:
    """Tell whether a character is part of a word; vowel signs of Devanagari are."""
    return character.isalnum() or "\u0900" <= character <= "\u0963"


def is_unspaced(character: str) -> bool:
    """Tell whether a character belongs to a script that writes words without spaces."""
    return "\u3041" <= character <= "\u309f" or "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff"


def word_start(text: str, index: int) -> int:
    """Return where the word that holds `index` begins, as far as it is looked for."""
    first, least = index, max(0, index - LONGEST_WORD)
    space = text.rfind(" ", least, index) + 1
    if space > least and text[space:index].isalnum():
        return space  # nearly always, and quicker than letter by letter
    while first > least and is_letter(text[first - 1]):
        first -= 1
    return first


def word_end(text: str, index: int) -> int:
    """Return where the word that ends at `index` or goes on there ends, as far as it is looked for."""
    last, most = index, min(len(text), index + LONGEST_WORD)
    space = text.find(" ", index, most)
    if space == index or (space > index and text[index:space].isalnum()):
        return space
    while last < most and is_letter(text[last]):
        last += 1
    return last
