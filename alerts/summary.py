"""The sentence that says what an alert is about."""

from alerts.rule import Rule


def summarise(rule: Rule, actors: tuple[str, ...], topics: tuple[str, ...], title: str) -> str:
    """Return one sentence: whom and what it is about, what the rule says about time, and the report."""
    whom = " and ".join(actors) or rule.id
    what = f" on {', '.join(topics)}" if topics else ""
    when = rule.kind.condition(rule.count)
    return whom + what + (f", {when}" if when else "") + (f": {title}" if title else "")
