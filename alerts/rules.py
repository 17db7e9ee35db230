"""Watch rules: what analysts want to be told of, read from a YAML file."""

from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import msgspec
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from alerts.kinds.model import Match
from alerts.rule import CountOf, Fit, GroupBy, Rule, Why
from alerts.severity import Severity
from processors.article import digest
from processors.durations import Duration
from processors.errors import ConfigError, InputError
from processors.tagging import Tagger, nearest
from processors.tags import TaggedArticle
from processors.yamlfile import load_yaml


class PairRule(BaseModel):
    """A rule as it is written: tell when two actors are named together, on any of some topics."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,100}$", description="The rule's name, unique in the file")]
    pair: Annotated[tuple[str, str], Field(description="Two actors: ids, or names in any language")]
    topics: Annotated[tuple[str, ...], Field(description="Any of these topics, or those below them; none: any")] = ()
    severity: Annotated[Severity, Field(description="How much it matters")] = Severity.MEDIUM
    cooldown: Annotated[
        Duration, Field(ge=0, description="How long the pair stays quiet after an alert, in event time")
    ] = 3600.0


class Pair(msgspec.Struct, frozen=True):
    """A rule with the pair and the topics it is indexed by."""

    rule: Rule
    pair: tuple[str, str]
    topics: frozenset[str]

    def fit(self, tagged: TaggedArticle) -> Fit | None:
        """Return how an article fits that names the pair; of a rule without topics all that it has are told."""
        found = tuple(topic.id for topic in tagged.topics if not self.topics or topic.id in self.topics)
        if not found and self.topics:
            return None
        together = Why("names both", passed=True, found=" + ".join(self.pair))
        return Fit(self.rule, self.pair, self.pair, found, together)


class RuleFileError(ConfigError):
    """The rule file cannot be used; one line for each problem."""

    def __init__(self, path: Path, problems: list[str]) -> None:
        super().__init__("\n".join(f"{path}: {problem}" for problem in problems))


class RuleIndex:
    """Rules by the actors of their pair, the rarer first, so that an article is judged only by those it can meet."""

    def __init__(self, pairs: list[Pair]) -> None:
        self.rules = [pair.rule for pair in pairs]
        self._by_pair: dict[str, dict[str, list[Pair]]] = {}
        uses = Counter(actor for rule in pairs for actor in rule.pair)
        for rule in pairs:
            rarer, other = sorted(rule.pair, key=lambda actor: (uses[actor], actor))
            self._by_pair.setdefault(rarer, {}).setdefault(other, []).append(rule)

    def fits(self, tagged: TaggedArticle) -> list[Fit]:
        """Return the rules that an article fits."""
        named = tagged.actor_ids
        together = (
            rule.fit(tagged)
            for actor in named & self._by_pair.keys()
            for other in named & self._by_pair[actor].keys()
            for rule in self._by_pair[actor][other]
        )
        return [fit for fit in together if fit is not None]


def load_rules(path: Path, tagger: Tagger) -> RuleIndex:
    """Read a rule file; raise RuleFileError that lists every problem."""
    try:
        content = load_yaml(path)
    except (OSError, yaml.YAMLError, ConfigError) as error:
        raise RuleFileError(path, [str(error)]) from error
    entries = content.get("rules") if isinstance(content, dict) else content
    if not isinstance(entries, list):
        raise RuleFileError(path, ["holds no list of rules; begin it with `rules:` and a line `- id: ...` for each"])
    problems: list[str] = []
    rules = [rule for entry in entries if (rule := _read(entry, tagger, problems)) is not None]
    ids = Counter(pair.rule.id for pair in rules)
    problems += [f"rule {name}: there are two of this id; rename one" for name in sorted(ids) if ids[name] > 1]
    if problems:
        raise RuleFileError(path, problems)
    return RuleIndex(rules)


def _read(entry: object, tagger: Tagger, problems: list[str]) -> Pair | None:
    name = f"rule {entry.get('id', '?')}" if isinstance(entry, dict) else f"rule {entry!r}"
    try:
        written = PairRule.model_validate(entry)
    except ValidationError as error:
        problems += [f"{name}: {_explain(problem)}" for problem in error.errors()]
        return None
    before = len(problems)
    pair = [_actor(f"{name}: pair", alias, tagger, problems) for alias in written.pair]
    topics = {_topic(name, topic, tagger, problems) for topic in written.topics}
    if len(problems) == before and pair[0] == pair[1]:
        problems.append(f"{name}: pair: both are {pair[0]}; name two actors")
    return None if len(problems) > before else _resolve(written, (min(pair), max(pair)), topics, tagger)


def _resolve(written: PairRule, pair: tuple[str, str], topics: set[str], tagger: Tagger) -> Pair:
    below = {t for t in tagger.catalogue.topics if topics.intersection(tagger.catalogue.ancestors(t))}
    match = digest(*pair, *sorted(topics))
    rule = Rule(
        id=written.id,
        kind=Match(),
        count=CountOf.STORIES,
        group_by=GroupBy.PAIR,
        severity=written.severity,
        cooldown=written.cooldown,
        max_age=None,
        owner="",
        tags=(),
        summary="",
        route=(),
        revision=digest(match, written.severity, repr(written.cooldown))[:12],
        state=match[:12],
    )
    return Pair(rule, pair, frozenset(below))


def _actor(where: str, written: str, tagger: Tagger, problems: list[str]) -> str:
    try:
        return tagger.actor(written)
    except InputError as error:
        problems.append(f"{where}: {error}")
        return written


def _topic(where: str, written: str, tagger: Tagger, problems: list[str]) -> str:
    topics = tagger.catalogue.topics
    if written in topics:
        return written
    found = sorted({t.id for t in topics.values() if written.casefold() in map(str.casefold, t.labels.values())})
    if len(found) == 1:
        return found[0]
    problems.append(f"{where}: topics: {written} is not in the catalogue{nearest(written, [*topics])}")
    return written


def _explain(problem: Any) -> str:  # noqa: ANN401 - pydantic's own mapping
    where = ".".join(map(str, problem["loc"])) or "it"
    if problem["type"] == "extra_forbidden":
        return f"{where}: unknown key{nearest(where, [*PairRule.model_fields])}"
    return f"{where}: {problem['msg'].removeprefix('Value error, ')}"
