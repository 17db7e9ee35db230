"""What would be sent where, in words."""

from collections.abc import Iterator, Sequence

from alerts.delivery.receivers import AnyReceiver, Receiver
from alerts.rule import Rule
from processors.durations import format_duration
from processors.tagging import nearest


def described(receiver: AnyReceiver, to: str, rules: Sequence[Rule]) -> str:
    """Say what a receiver gets, where, how often, and of which rules."""
    taken = [rule.id for rule in rules if receiver.only.takes_rule(rule)]
    retries, timeout = receiver.retries, format_duration(receiver.timeout)
    longest = format_duration(retries.longest)
    lines = [
        f"{receiver.name}: {receiver.type} to {to}",
        f"alerts {receiver.only}" + (f", of the routes {', '.join(receiver.routes)}" if receiver.routes else ""),
        *([str(receiver.rate)] if receiver.rate else []),
        f"tried {retries.attempts} times, {timeout} each, with pauses up to {longest}; then a dead letter",
        f"of {len(taken)} rules: {', '.join(taken) or 'none'}",
    ]
    return "\n  ".join(lines)


def untold(receivers: Sequence[Receiver], rules: Sequence[Rule]) -> Iterator[str]:
    """Yield what is doubtful: rules that nobody is told of, and filters that no rule meets."""
    known = [rule.id for rule in rules]
    for receiver in receivers:
        for name in receiver.only.rules:
            if name not in known:
                yield f"receiver {receiver.name}: there is no rule {name}{nearest(name, known)}"
        if not any(receiver.only.takes_rule(rule) for rule in rules):
            yield f"receiver {receiver.name} is told of nothing: no rule meets what it wants"
    lost = [rule.id for rule in rules if not any(receiver.only.takes_rule(rule) for receiver in receivers)]
    if lost:
        yield f"nobody is told of the alerts of {', '.join(lost)}"
