"""Chinese: no boundaries between words; states are named by single letters in compounds."""

from processors.languages.grammar import Grammar

GRAMMAR = Grammar(spaced=False, letters=True)
