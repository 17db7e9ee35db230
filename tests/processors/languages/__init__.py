"""Tests of the languages' grammars."""
