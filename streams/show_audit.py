"""Entries of the audit for a terminal, a line each."""

from datetime import UTC, datetime

from processors.catalogue import Catalogue
from streams.records import AuditEntry, Delivered
from streams.show import isolated


def entry_line(entry: AuditEntry, catalogue: Catalogue, lang: str) -> str:
    """Return when, what of which rule and group, and why."""
    when = datetime.fromtimestamp(entry.time, UTC).strftime("%Y-%m-%d %H:%M:%S")
    whom = " + ".join(isolated(catalogue.label(name, lang)) for name in entry.group) or "all"
    about = f"{when}  {entry.rule.severity}  rule {entry.rule.id}, {whom}"
    if isinstance(entry, Delivered):
        attempts = len(entry.attempts)
        answer = entry.attempts[-1].answer if entry.attempts else ""
        tries = f"{attempts} attempt{'' if attempts == 1 else 's'}"
        return f"{about}: {entry.result} to {entry.receiver} ({entry.to}) after {tries}" + (
            f": {answer}" if answer else ""
        )
    silence = f" by {entry.silence.id} ({entry.silence.reason})" if entry.silence else ""
    article = f", article {entry.article_id}" if entry.article_id else ""
    return f"{about}: held back, {entry.reason}{silence}{article}"
