"""How close to each other the actors of a rule must stand."""

import re
from enum import StrEnum
from typing import Annotated, Final, NamedTuple

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema


class Unit(StrEnum):
    """What must hold all of the actors."""

    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    SENTENCE = "sentence"
    WORDS = "words"


class Within(NamedTuple):
    """A unit, and how many words may stand between the first and the last actor when it is words."""

    unit: Unit = Unit.ARTICLE
    words: int = 0

    def __str__(self) -> str:
        """Return it as it is written."""
        return f"{self.words} words" if self.unit is Unit.WORDS else self.unit.value


_WORDS: Final = re.compile(r"([1-9][0-9]{0,3}) words?")


def _parsed(written: object) -> Within:
    if isinstance(written, Within):
        return written
    found = _WORDS.fullmatch(str(written))
    if found:
        return Within(Unit.WORDS, int(found[1]))
    if written in (Unit.ARTICLE, Unit.PARAGRAPH, Unit.SENTENCE):
        return Within(Unit(str(written)))
    message = f"{written!r} is no distance; write article, paragraph, sentence, or a number of words such as `10 words`"
    raise ValueError(message)


WrittenWithin = Annotated[
    Within,
    PlainValidator(_parsed),
    PlainSerializer(str),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": ["article", "paragraph", "sentence"]},
                {"type": "string", "pattern": "^[1-9][0-9]{0,3} words?$"},
            ]
        }
    ),
]
