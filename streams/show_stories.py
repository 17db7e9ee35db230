"""How stories look on a terminal."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import msgspec
from rich.console import Console
from rich.text import Text

from processors.article import Article

PATIENCE: Final = 1.0
"""Seconds after which it is said how far the work is."""

_SHOWN: Final = 90


class _Line(msgspec.Struct, frozen=True):
    id: str
    source: str
    text: str


class StoryPrinter:
    """Gathers articles by story, and prints the stories that have several."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False)
        self._stories: dict[str, list[_Line]] = {}

    def add(self, article: Article, story: str) -> None:
        """Add an article."""
        text = " ".join((article.title.strip() or article.body[: 4 * _SHOWN]).split())[:_SHOWN]
        self._stories.setdefault(story, []).append(_Line(article.id, article.source, text))

    def show(self) -> None:
        """Print the stories in the order in which they were opened, each with its articles, and how many there are."""
        for lines in self._stories.values():
            if len(lines) > 1:
                self._show(lines)
        articles = sum(map(len, self._stories.values()))
        self._console.print(f"{_told(articles, 'article')}, {_told(len(self._stories), 'story')}")

    def _show(self, lines: list[_Line]) -> None:
        self._console.print(Text.assemble((lines[0].text, "bold"), (f"  {len(lines)} articles", "dim")))
        for line in lines:
            who = Text(f"  {line.id}", "cyan")
            who.append(f"  {line.source}" if line.source else "", "dim")
            who.append(f"  {line.text}" if line.text != lines[0].text else "")
            self._console.print(who, soft_wrap=True)


@contextmanager
def counting() -> Iterator[Callable[[int], None]]:
    """Give a function that is told how many articles are done more; while it takes long, a terminal shows how many."""
    console = Console(stderr=True)
    begun, done = time.monotonic(), 0
    with console.status("") as status:
        status.stop()

        def count(more: int) -> None:
            nonlocal done
            done += more
            if console.is_terminal and time.monotonic() - begun > PATIENCE:
                status.update(_told(done, "article"))
                status.start()

        yield count


def _told(number: int, what: str) -> str:
    many = what if number == 1 else {"story": "stories"}.get(what, f"{what}s")
    return f"{number:,} {many}"
