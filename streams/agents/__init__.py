"""Faust agents, each a thin loop."""
