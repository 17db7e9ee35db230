"""The tree of a rule's conditions as lines of text."""

from collections.abc import Iterator

from alerts.rule import Why


def tree(why: Why, depth: int = 0) -> Iterator[str]:
    """Yield a condition, PASS or FAIL, with what was found, and below it those that it is made of."""
    found = f": {why.found}" if why.found else ""
    yield f"{'  ' * depth}{'PASS' if why.passed else 'FAIL'} {why.condition}{found}"
    for part in why.parts:
        yield from tree(part, depth + 1)
