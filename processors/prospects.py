"""Whether what looks like a name or a term can count in a text at all, told from what else is in it.

Most words of topics say something only near another, and a surname only where the full name is. Who asks for its
company before looking closer spares most of the looking.
"""

from collections import defaultdict

from processors.lexicon import Form, Lexicon, Phrase

Sign = int | str
"""That a word of a phrase, by its number, or a full name, by its actor's id, may be in a text."""


class Prospects(dict[int, frozenset[int]]):
    """The forms that count only in company, by their numbers, each with those of which one must be in the text."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon
        self._alone: set[int] = set()
        self._partners: defaultdict[int, set[Sign]] = defaultdict(set)
        for phrase in lexicon.phrases:
            self._take(phrase)
        self._givers: defaultdict[Sign, list[int]] = defaultdict(list)
        full = [use.id if use.alone else "" for use in lexicon.uses]
        wanted = set[Sign](use.id for use in lexicon.uses if not use.alone).union(*self._partners.values())
        for number, form in enumerate(lexicon.forms):
            for sign in wanted.intersection([*form.words, *(full[use] for use in form.uses)]):
                self._givers[sign].append(number)
        self._needy = {number for number, form in enumerate(lexicon.forms) if self._needs_company(form)}

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

    def _needs_company(self, form: Form) -> bool:
        return self._alone.isdisjoint(form.words) and not any(self._lexicon.uses[use].alone for use in form.uses)

    def hopeless(self, forms: set[int]) -> set[int]:
        """Return those of the forms found in a text that cannot count there."""
        return {form for form in forms & self._needy if self[form].isdisjoint(forms)}

    def __missing__(self, number: int) -> frozenset[int]:
        """Make the company of a form when it is first met in a text, which most never are."""
        form = self._lexicon.forms[number]
        signs: set[Sign] = {self._lexicon.uses[use].id for use in form.uses}
        signs.update(*(self._partners[word] for word in form.words))
        self[number] = frozenset(other for sign in signs for other in self._givers[sign])
        return self[number]
