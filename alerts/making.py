"""Making alerts: what a rule says, should it be let out."""

from collections.abc import Callable

from alerts.alert import Alert, AlertCounts, AlertTime, RuleRef, evidence, shortened
from alerts.kinds.model import Absence, Threshold
from alerts.rule import Fit, GroupBy, Rule, Why
from alerts.summary import Told, summarise
from processors.article import TimeBasis, digest
from processors.counts import ToCount, actor_subject, pair_subject, topic_subject

Group = tuple[str, ...]
Label = Callable[[str], str]
"""What people call an actor or a topic."""


def group_name(rule: Rule, group: Group) -> str:
    """Return what alerts of a group are keyed by."""
    return "+".join(group) or rule.id


def subject_of(rule: Rule, group: Group) -> str | None:
    """Return what the rolling counts count a group under, if they do."""
    match rule.group_by, group:
        case GroupBy.PAIR, (one, other):
            return pair_subject(one, other)
        case GroupBy.ACTOR, (actor,):
            return actor_subject(actor)
        case GroupBy.TOPIC, (topic,):
            return topic_subject(topic)
    return None


def alert_of(fit: Fit, item: ToCount, counts: AlertCounts | None, now: float, label: Label) -> Alert:
    """Return the alert that a rule raises for an article that fits it; `label` names actors and topics."""
    rule, article, title = fit.rule, item.tagged.article, shortened(item.tagged.article.title)
    return Alert(
        id=alert_id(rule, fit.group, item.story),
        kind=rule.kind.name,
        rule=_reference(rule),
        group=fit.group,
        pair=_pair(rule, fit.group),
        actors=fit.actors,
        topics=fit.topics,
        summary=summarise(
            rule,
            Told(
                tuple(map(label, fit.actors)),
                tuple(map(label, fit.topics)),
                group_name(rule, fit.group),
                title,
                article.published_at,
                article,
                counts,
            ),
        ),
        title=title,
        story=item.story,
        counts=counts,
        time=AlertTime(article.published_at, article.time_basis, now),
        why=_with_time(fit),
        evidence=evidence(item.tagged, fit.actors, fit.topics),
    )


def alert_of_silence(
    rule: Rule, group: Group, period: tuple[float, float], found: int, now: float, label: Label
) -> Alert:
    """Return the alert that an absence raises for a period in which `found` came, fewer than expected."""
    begun, ended = period
    actors = group if rule.group_by in {GroupBy.PAIR, GroupBy.ACTOR} else ()
    topics = group if rule.group_by is GroupBy.TOPIC else ()
    return Alert(
        id=alert_id(rule, group, repr(begun)),
        kind=rule.kind.name,
        rule=_reference(rule),
        group=group,
        pair=_pair(rule, group),
        actors=actors,
        topics=topics,
        summary=summarise(
            rule, Told(tuple(map(label, actors)), tuple(map(label, topics)), group_name(rule, group), "", ended)
        ),
        title="",
        story="",
        time=AlertTime(ended, TimeBasis.KAFKA, now),
        why=Why(rule.kind.condition(rule.count), passed=True, found=str(found)),
        evidence=(),
    )


def alert_id(rule: Rule, group: Group, trigger: str) -> str:
    """Return what makes an alert this one: its rule, its group, and the story or period that triggered it."""
    return digest("alert", rule.id, group_name(rule, group), trigger)


def _with_time(fit: Fit) -> Why:
    kind = fit.rule.kind
    condition = kind.condition(fit.rule.count)
    if not condition or isinstance(kind, Absence):
        return fit.why
    found = f"{kind.threshold} or more" if isinstance(kind, Threshold) else ""
    return Why(
        "the article fits, and its time does", passed=True, parts=(fit.why, Why(condition, passed=True, found=found))
    )


def _reference(rule: Rule) -> RuleRef:
    return RuleRef(rule.id, rule.revision, rule.severity, rule.owner, rule.tags, rule.route)


def _pair(rule: Rule, group: Group) -> tuple[str, str] | None:
    return (group[0], group[1]) if rule.group_by is GroupBy.PAIR else None
