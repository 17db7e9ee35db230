"""Tests of watch rules: what arrives when, and what is to come of it."""
