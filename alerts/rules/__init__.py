"""Watch rules: how they are written, checked, found for an article, and explained."""

from alerts.rules.checks import Limits
from alerts.rules.index import RuleIndex
from alerts.rules.problems import Level, Problem, RuleFileError
from alerts.rules.read import RuleSet, read_rules

__all__ = ["Level", "Limits", "Problem", "RuleFileError", "RuleIndex", "RuleSet", "read_rules"]
