"""How tagged articles look on a terminal."""

from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from processors.catalogue import Catalogue, How
from processors.tags import TaggedArticle

_STYLES: Final = {
    How.NAME: "bold cyan",
    How.ABBREVIATION: "bold cyan",
    How.DEMONYM: "cyan",
    How.CAPITAL: "blue",
    How.SEAT: "bold blue",
    How.PERSON: "bold magenta",
    How.ORGANISATION: "bold green",
    How.TOPIC: "underline yellow",
}


class TagPrinter:
    """Prints articles with their mentions marked, and their tags below."""

    def __init__(self, catalogue: Catalogue, console: Console | None = None) -> None:
        self._catalogue = catalogue
        self._console = console or Console(highlight=False)

    def show(self, tagged: TaggedArticle) -> None:
        """Print one article."""
        article = tagged.article
        if article.title:
            self._console.print(self._marked(tagged, "title", "bold"))
        if article.body:
            self._console.print(self._marked(tagged, "body", ""))
        for name, tags in (("actors", tagged.actors), ("topics", tagged.topics)):
            line = Text.assemble((f"{name}: ", "dim"))
            line.append(", ".join(f"{self._catalogue.label(tag.id)} {tag.score:.2f}" for tag in tags) or "none")
            self._console.print(Padding(line, (0, 0, 0, 2)))
        self._console.print(Padding(self._legend(tagged), (0, 0, 1, 2)))

    def _marked(self, tagged: TaggedArticle, field: str, style: str) -> Text:
        text = Text(tagged.article.field(field), style)
        for mention in sorted(tagged.mentions, key=lambda m: m.how is not How.TOPIC):
            if mention.field == field:
                text.stylize(_STYLES[mention.how], mention.start, mention.end)
        return text

    def _legend(self, tagged: TaggedArticle) -> Text:
        seen = {mention.how for mention in tagged.mentions}
        return Text.assemble(("marked: ", "dim"), *((f"{how.value} ", _STYLES[how]) for how in How if how in seen))
