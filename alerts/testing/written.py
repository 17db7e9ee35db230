"""A file of tests of watch rules, as an analyst writes it."""

from datetime import UTC, datetime
from typing import Annotated, Final, Self

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from alerts.outcome import Outcome
from alerts.rules.written import as_list
from alerts.severity import Severity
from processors.durations import Duration

START: Final = datetime(2024, 1, 1, tzinfo=UTC)
Names = Annotated[tuple[str, ...], BeforeValidator(as_list)]
At = Annotated[Duration, Field(ge=0, description="How long after the beginning of the test")]


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WrittenArticle(_Written):
    """An article that arrives; `at` is when, and also when it was published unless it says so itself."""

    at: At = 0.0
    name: Annotated[str, Field(description="What the rest of the test calls it")] = ""
    published: Annotated[Duration | None, Field(description="When it was published, after the beginning")] = None
    title: str = ""
    body: str = ""
    lang: str = ""
    source: str = ""
    file: Annotated[str, Field(description="A file of its text: the title, then the body")] = ""
    copy_of: Annotated[str, Field(description="The article whose text another source prints")] = ""
    revision_of: Annotated[str, Field(description="The article that comes again, changed")] = ""
    every: Annotated[
        Duration | None, Field(gt=0, description="For a series: how far apart; $n in a text is its number")
    ] = None
    count: Annotated[int, Field(ge=1, le=100_000, description="For a series: how many")] = 1

    @model_validator(mode="after")
    def _one_text(self) -> Self:
        if not (self.title or self.body or self.file or self.copy_of or self.revision_of):
            message = "it has no text; give a title, a body, a file, copy_of or revision_of"
            raise ValueError(message)
        if self.count > 1 and self.every is None:
            message = "a series says how far apart its articles are; add `every`"
            raise ValueError(message)
        return self


class WrittenAlert(_Written):
    """An alert that is to come; what is left out may be anything."""

    rule: str
    article: Annotated[str, Field(description="The article that raises it")] = ""
    at: Annotated[Duration | None, Field(description="When it happened, after the beginning")] = None
    severity: Severity | None = None
    group: Names | None = None
    actors: Annotated[Names | None, Field(description="Actors among its own, as ids")] = None
    topics: Annotated[Names | None, Field(description="Topics among its own")] = None
    summary: Annotated[str, Field(description="A part of its summary")] = ""
    count: Annotated[int, Field(ge=1, description="How many such alerts are to come")] = 1


class WrittenHeldBack(_Written):
    """An alert that is to be held back, and why."""

    rule: str
    article: str
    why: Outcome


class WrittenWhyNot(_Written):
    """An article that is not to fit a rule, and a part of the condition that fails."""

    rule: str
    article: str
    condition: str


class WrittenDead(_Written):
    """While the stream is dead: no other news comes in either."""

    since: At
    until: At


class WrittenSilence(_Written):
    """A silence, as `marsad silence add` makes one; of what it names, all must hold."""

    since: At = 0.0
    until: Annotated[Duration | None, Field(description="Until when; default: to the end")] = None
    reason: Annotated[str, Field(min_length=1)] = "a test"
    rule: str | None = None
    actor: str | None = None
    pair: tuple[str, str] | None = None
    topic: Annotated[str | None, Field(description="It, and those below it")] = None

    @model_validator(mode="after")
    def _of_something(self) -> Self:
        if not (self.rule or self.actor or self.pair or self.topic):
            message = "it silences nothing; name a rule, an actor, a pair or a topic"
            raise ValueError(message)
        return self


class WrittenTest(_Written):
    """One test: articles at virtual times, and what comes of them."""

    name: Annotated[str, Field(min_length=1)]
    start: Annotated[AwareDatetime, Field(description="When the test begins")] = START
    rules: Annotated[Names, Field(description="Which rules are at work; default: all")] = ()
    articles: tuple[WrittenArticle, ...] = ()
    until: Annotated[Duration | None, Field(description="How long the test goes on; default: to the last article")] = (
        None
    )
    dead: tuple[WrittenDead, ...] = ()
    silences: Annotated[tuple[WrittenSilence, ...], Field(description="What is held back for a while")] = ()
    expect: Annotated[tuple[WrittenAlert, ...], Field(description="The alerts that come; any other one fails")] = ()
    held_back: tuple[WrittenHeldBack, ...] = ()
    why_not: tuple[WrittenWhyNot, ...] = ()


class WrittenTests(_Written):
    """A file of tests."""

    rules: Annotated[
        Names, Field(description="Files or folders of rules, from the test file's folder; default: those in force")
    ] = ()
    tests: tuple[WrittenTest, ...]


KEYS: Final = {
    "tests": (*WrittenTest.model_fields,),
    "articles": (*WrittenArticle.model_fields,),
    "expect": (*WrittenAlert.model_fields,),
    "held_back": (*WrittenHeldBack.model_fields,),
    "why_not": (*WrittenWhyNot.model_fields,),
    "silences": (*WrittenSilence.model_fields,),
    "dead": (*WrittenDead.model_fields,),
}
"""The keys below each of those that hold something."""
