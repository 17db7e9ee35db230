"""Whether what looks like a name or a term can count in a text at all, told from what else is in it.

Most words of topics say something only near another, and a surname only where the full name is. Who asks for its
company before looking closer spares most of the looking.
"""

from collections import defaultdict

from processors.lexicon import Lexicon, Phrase, Sense

Sign = int | str
"""That a word of a phrase, by its number, or a full name, by its actor's id, may be in a text."""


class Prospects(dict[int, frozenset[int]]):
    """The senses that count only in company, by their numbers, each with those of which one must be in the text."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._senses, self._uses = lexicon.senses, lexicon.uses
        self._alone: set[int] = set()
        self._partners: defaultdict[int, set[Sign]] = defaultdict(set)
        for phrase in lexicon.phrases:
            self._take(phrase)
        self._givers: defaultdict[Sign, list[int]] = defaultdict(list)
        full = [use.id if use.alone else "" for use in lexicon.uses]
        wanted = set[Sign](use.id for use in lexicon.uses if not use.alone).union(*self._partners.values())
        for number, sense in enumerate(lexicon.senses):
            for sign in wanted.intersection([*sense.words, *(full[use] for use in sense.uses)]):
                self._givers[sign].append(number)
        self._needy = {number for number, sense in enumerate(lexicon.senses) if self._needs_company(sense)}

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

    def _needs_company(self, sense: Sense) -> bool:
        return self._alone.isdisjoint(sense.words) and not any(self._uses[use].alone for use in sense.uses)

    def hopeless(self, found: set[int]) -> set[int]:
        """Return those of the senses whose forms were found in a text that cannot count there."""
        return {sense for sense in found & self._needy if self[sense].isdisjoint(found)}

    def __missing__(self, number: int) -> frozenset[int]:
        """Make the company of a sense when it is first met in a text, which most never are."""
        sense = self._senses[number]
        signs: set[Sign] = {self._uses[use].id for use in sense.uses}
        signs.update(*(self._partners[word] for word in sense.words))
        self[number] = frozenset(other for sign in signs for other in self._givers[sign])
        return self[number]
