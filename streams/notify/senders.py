"""Who delivers to which receiver."""

from collections.abc import Iterable

from alerts.delivery.receivers import AnyReceiver, AppriseReceiver
from processors.errors import ConfigError
from streams.notify.sender import Sender


def sender_of(receiver: AnyReceiver, user_agent: str) -> Sender:
    """Return what delivers to a receiver; raise ConfigError when nothing can."""
    if isinstance(receiver, AppriseReceiver):
        from streams.notify.chat import AppriseSender  # a second to import, for those who use it

        return AppriseSender(receiver)
    from streams.notify.web import WebSender

    return WebSender(receiver, user_agent)


def senders_of(receivers: Iterable[AnyReceiver], user_agent: str) -> dict[str, Sender]:
    """Return what delivers to each receiver, by name; raise ConfigError that lists every problem."""
    senders: dict[str, Sender] = {}
    problems: list[str] = []
    for receiver in receivers:
        try:
            senders[receiver.name] = sender_of(receiver, user_agent)
        except ConfigError as error:
            problems.append(str(error))
    if problems:
        raise ConfigError("\n".join(problems))
    return senders
