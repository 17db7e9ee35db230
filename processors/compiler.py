"""Compiles the catalogue for one language."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Final, NamedTuple

from processors.aliases import ANY, Alias, aliases_of, is_cased, is_exact
from processors.boundaries import is_unspaced
from processors.catalogue.entries import Entries
from processors.catalogue.model import How
from processors.languages import grammar_of
from processors.languages.grammar import Grammar
from processors.lexicon import Lexicon, Phrase, Sense, Side, Use, Word
from processors.normalise import normalise

_HALF_SPACE: Final = "\u200c"
_LONGEST_BORROWED: Final = 2
"""Words of another language's name that is inflected; longer ones are written as they are."""

_MOST_FORMS: Final = 40
"""Forms of one alias of several words; a name of many words that all change has hundreds, which nobody writes."""

_SHORT: Final = 3
"""Letters of a word in a phrase that is looked for only beside the others."""


def compile_lexicon(entries: Entries, lang: str) -> Lexicon:
    """Compile the catalogue for a language; for one that the catalogue does not know, ANY."""
    compiler = _Compiler(lang, entries)
    for alias in aliases_of(entries, lang):
        compiler.add(alias)
    for language, words in entries.nothing.items():
        for written in words if lang in (language, ANY) else ():
            compiler.add(Alias("", How.NAME, written, language))
    for topic in entries.topics:
        for weight, term in topic.terms.get("en" if lang == ANY else lang, []):
            compiler.add_term(topic.topic.id, weight, term)
    return compiler.result()


class _Form(NamedTuple):
    """A string to look for, with the numbers of what it stands for; after a `stem`, any ending may follow."""

    text: str
    edge: int
    stem: bool
    uses: list[int]
    words: list[int]


class _Compiler:
    def __init__(self, lang: str, entries: Entries) -> None:
        self._lang = lang
        self._written_guards = {"": entries.guards, **{entry.actor.id: entry.guards for entry in entries.actors}}
        self._forms: dict[tuple[str, int, bool], _Form] = {}
        self._edges: dict[tuple[str, str], int] = {}
        self._guards: list[dict[str, list[str] | bool]] = []
        self._uses: dict[Use, int] = {}
        self._all_uses: list[Use] = []
        self._words: dict[Word, int] = {}
        self._phrases: dict[tuple[str, str, tuple[Side, ...]], Phrase] = {}
        self._owners: dict[str, set[str]] = {}
        self._grammar = grammar_of(lang)

    def add(self, alias: Alias) -> None:
        """Add an alias in all its forms."""
        grammar = grammar_of(alias.lang) if self._lang == ANY else self._grammar
        use = Use(
            alias.id, alias.how, alias.written.rstrip("*"), is_cased(alias.written), is_exact(alias.written),
            alias.alone, self._guard(alias),
        )  # fmt: skip
        if "*" in alias.written.rstrip("*"):
            self._add_phrase(Phrase((self._side(alias.written),), alias.written, use=use))
            return
        edge = self._edge(grammar, alias.how)
        for form in dict.fromkeys(self._forms_of(alias, grammar)):
            text = normalise(form).text
            owners = self._owners.setdefault(text, set())
            if alias.made and owners - {alias.id}:
                continue  # what people wrote wins
            owners.add(alias.id)
            self._stands_for(self._form(text, edge, stem=alias.written.endswith("*")), use)

    def _stands_for(self, form: _Form, use: Use) -> None:
        """Note what a form stands for, each actor once, by what asks least of the text."""
        others = (other for number in form.uses if (other := self._all_uses[number]).id == use.id)
        if all(other.exact + other.cased > use.exact + use.cased for other in others):
            if use not in self._uses:
                self._uses[use] = len(self._all_uses)
                self._all_uses.append(use)
            form.uses.append(self._uses[use])

    def _forms_of(self, alias: Alias, grammar: Grammar) -> Iterable[str]:
        bare = alias.written.rstrip("*")
        forms = [bare]
        borrowed = alias.lang != self._lang and len(bare.split()) > _LONGEST_BORROWED
        if not (alias.written.endswith("*") or is_exact(bare) or borrowed or not alias.id):
            forms += islice(grammar.forms(bare, alias.how), _MOST_FORMS if " " in bare else None)
        return [variant for form in forms for variant in _spaced(form)]

    def add_term(self, topic: str, weight: float, term: str) -> None:
        """Add a term of a topic."""
        for spelled in _spaced(term, _HALF_SPACE):
            sides = tuple(self._side(side) for side in spelled.split(" ~ "))
            self._add_phrase(Phrase(sides, term, topic, weight))

    def _add_phrase(self, phrase: Phrase) -> None:
        self._phrases.setdefault((phrase.use.id if phrase.use else phrase.topic, phrase.written, phrase.sides), phrase)

    def _side(self, written: str) -> Side:
        """Return the numbers of what a phrase is made of: runs of words that end where any ending may follow."""
        if not self._grammar.spaced:
            return (self._word(written),)
        runs: list[list[str]] = [[]]
        for word in written.split():
            runs[-1].append(word)
            if word.endswith("*"):
                runs.append([])
        written_runs = [" ".join(run) for run in runs if run]
        return tuple(
            normalise(run).text if number and len(run) <= _SHORT and not run.endswith("*") else self._word(run)
            for number, run in enumerate(written_runs)
        )

    def _word(self, written: str) -> int:
        bare, stem = written.rstrip("*"), written.endswith("*")
        word = Word(normalise(bare).text, bare if is_exact(bare) else "", is_cased(bare), stem)
        if word not in self._words:
            self._words[word] = len(self._words)
            edge = self._edge(self._grammar, How.TOPIC)
            spellings = self._grammar.spellings(bare) if " " in bare else (bare,)
            for text in dict.fromkeys(normalise(spelling).text for spelling in spellings):
                self._form(text, edge, stem=stem).words.append(self._words[word])
        return self._words[word]

    def _form(self, text: str, edge: int, *, stem: bool) -> _Form:
        return self._forms.setdefault((text, edge, stem), _Form(text, edge, stem, [], []))

    def _edge(self, grammar: Grammar, how: How) -> int:
        return self._edges.setdefault(grammar.edge(how), len(self._edges))

    def _guard(self, alias: Alias) -> int:
        own, common = (self._written_guards.get(key, {}).get(alias.lang, {}) for key in (alias.id, ""))
        guard = own.get(alias.written) or common.get(alias.written) or {}
        if self._grammar.letters and alias.how is How.ABBREVIATION:
            guard = _with_letters(guard, common, alias.written)
        if not guard:
            return -1
        self._guards.append(guard)
        return len(self._guards) - 1

    def result(self) -> Lexicon:
        """Return what was compiled."""
        forms = [form for form in self._forms.values() if form.text and (form.uses or form.words)]
        senses: dict[Sense, int] = {}
        sense_of = [senses.setdefault(self._sense(form), len(senses)) for form in forms]
        clitics, _ = self._grammar.edge(How.TOPIC)
        return Lexicon(
            self._lang, [form.text for form in forms], sense_of, [*senses], self._all_uses, [*self._words],
            [*self._edges], self._guards, [*self._phrases.values()], self._grammar.spaced, clitics,
        )  # fmt: skip

    def _sense(self, form: _Form) -> Sense:
        unspaced = not self._grammar.spaced or self._lang == ANY
        before = unspaced and is_unspaced(form.text[0])
        after = form.stem or form.text[-1] == "-" or (unspaced and is_unspaced(form.text[-1]))
        return Sense(form.edge, before, after, tuple(form.uses), tuple(form.words))


def _with_letters(
    guard: dict[str, list[str] | bool], common: Mapping[str, Mapping[str, list[str] | bool]], written: str
) -> dict[str, list[str] | bool]:
    """Return the guard of a compound of letters with what its first and last letters say."""
    sides = {"not_after": common.get(written[0], {}), "not_before": common.get(written[-1], {})}
    merged = dict(guard)
    for side, letter in sides.items():
        own, added = guard.get(side, []), letter.get(side, [])
        if isinstance(own, list) and isinstance(added, list) and added:
            merged[side] = list(dict.fromkeys([*own, *added]))
    return merged


def _spaced(written: str, joints: str = f"-{_HALF_SPACE}") -> tuple[str, ...]:
    """Return a spelling, and with spaces for what joins words; a joint at its end joins it to what follows."""
    return tuple(dict.fromkeys((written, *(written[:-1].replace(joint, " ") + written[-1:] for joint in joints))))
