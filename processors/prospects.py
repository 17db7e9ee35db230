"""Whether what looks like a name or a term can count in a text at all, told from what else is in it.

Most words of topics say something only near another, and a surname only where the full name is. Who asks for its
company before looking closer spares most of the looking.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from processors.lexicon import Form, Lexicon, Phrase, Use

Sign = int | str
"""That a word of a phrase, by its number, or a full name, by its actor's id, may be in a text."""

Company = frozenset[int]
"""Numbers of forms."""


class Prospects:
    """The company that the forms of a lexicon need."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._uses = lexicon.uses
        self._alone: set[int] = set()
        self._partners: defaultdict[int, set[Sign]] = defaultdict(set)
        for phrase in lexicon.phrases:
            self._take(phrase)
        self._givers: defaultdict[Sign, list[int]] = defaultdict(list)
        wanted: set[Sign] = set().union(*self._partners.values(), (use.id for use in self._uses if not use.alone))
        for number, form in enumerate(lexicon.forms):
            for sign in wanted.intersection(self._signs(form)):
                self._givers[sign].append(number)

    def _take(self, phrase: Phrase) -> None:
        """Note beside which other word of a phrase each counts: one of its other side, if there is one."""
        sides = [[word for word in side if isinstance(word, int)] for side in phrase.sides]
        for place, side in enumerate(sides):
            others = [word for other in (*sides[:place], *sides[place + 1 :], side) for word in other]
            for word in side:
                partner = next((other for other in others if other != word), None)
                if partner is None:
                    self._alone.add(word)
                else:
                    self._partners[word].add(partner)

    def _signs(self, form: Form) -> Iterator[Sign]:
        yield from form.words
        yield from (self._uses[number].id for number in form.uses if self._uses[number].alone)

    def needed(self, uses: Sequence[Use], words: Iterable[int]) -> Company | None:
        """Return the forms of which a form needs one in its text to count; None when it counts by itself."""
        if any(use.alone for use in uses) or not self._alone.isdisjoint(words):
            return None
        signs: set[Sign] = {use.id for use in uses}
        signs.update(*(self._partners[word] for word in words))
        return frozenset(number for sign in signs for number in self._givers[sign])
