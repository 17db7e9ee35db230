"""Alerts: what was let out, what was held back, and how fast it left."""

from grafana_foundation_sdk.builders import dashboard as builders
from grafana_foundation_sdk.models import units

from deploy.grafana.panels import heat_map, lines, listing, now, number, over_time
from deploy.grafana.parts import choices, frame

OF = 'rule=~"$rule", severity=~"$severity"'
HELD = "story|cooldown|too_old|learning|silenced"


def dashboard() -> builders.Dashboard:
    """Return the dashboard."""
    made = frame("alerts", "Alerts", "What was let out by rule and severity, what was held back and why, and how fast.")
    made = made.with_variable(choices("rule", "Rule", "label_values(marsad_alerts_published_total, rule)"))
    made = made.with_variable(choices("severity", "Severity", "label_values(marsad_alerts_published_total, severity)"))
    return _delivery(_held_back(_by_rule(_numbers(made))))


def _numbers(made: builders.Dashboard) -> builders.Dashboard:
    made = made.with_row(builders.Row("Let out"))
    return made.with_panel(
        number("In the last hour", "Alerts of the chosen rules that were published within the last hour.", units.Short,
               over_time(f"sum(marsad:alerts:increase1h{{{OF}}})", "alerts"))
    ).with_panel(
        number("In the time shown", "Alerts of the chosen rules that were published in the time shown.", units.Short,
               now(f"sum(increase(marsad_alerts_published_total{{{OF}}}[$__range]))", "alerts"))
    ).with_panel(
        number("Rules in force", "Rules that articles are judged by.", units.Short,
               over_time("max(marsad_rules)", "rules"))
    ).with_panel(
        number("Problems of the rules", "Problems that keep changed rules from being in force.", units.Short,
               over_time("max(marsad_rules_refused)", "problems"), steps=((1, "red"),))
    ).with_panel(
        number("Silences", "Silences in force.", units.Short, over_time("max(marsad_silences)", "silences"))
    ).with_panel(
        number("Revisions", "Sets of rules that workers judge by; more than one only for seconds.", units.Short,
               over_time("count(count by (revision) (marsad_rules_info))", "revisions"), steps=((2, "red"),))
    )  # fmt: skip


def _by_rule(made: builders.Dashboard) -> builders.Dashboard:
    by_rule = f"sum by (rule) (increase(marsad_alerts_published_total{{{OF}}}[$__rate_interval]))"
    made = made.with_panel(
        lines("By rule", "Alerts that were published, by rule.", units.Short, [over_time(by_rule, "{{rule}}")],
              stacked=True)
    )  # fmt: skip
    return made.with_panel(
        listing("Rules", "Alerts of each rule in the time shown.", units.Short,
                {"alerts": f"sum by (rule, severity) (increase(marsad_alerts_published_total{{{OF}}}[$__range]))"})
    )  # fmt: skip


def _held_back(made: builders.Dashboard) -> builders.Dashboard:
    made = made.with_row(builders.Row("Held back, of all rules"))
    made = made.with_panel(
        lines("Why alerts were held back", "Alerts that were not let out: copies of a story that was told, the quiet "
              "after an alert, too old, a rule that still learns, a silence.", units.Short,
              [over_time(f'sum by (outcome) (increase(marsad_decisions_total{{outcome=~"{HELD}"}}[$__rate_interval]))',
                         "{{outcome}}")], stacked=True)
    )  # fmt: skip
    return made.with_panel(
        listing("Decisions", "All that judging decided in the time shown, and within the last hour.", units.Short,
                {"in the time shown": "sum by (outcome) (increase(marsad_decisions_total[$__range]))",
                 "last hour": "sum by (outcome) (marsad:decisions:increase1h)"})
    )  # fmt: skip


def _delivery(made: builders.Dashboard) -> builders.Dashboard:
    made = made.with_row(builders.Row("On their way"))
    made = made.with_panel(
        lines("Outbox", "Alerts that were decided and wait for Kafka, and for how long the oldest has.", units.Short,
              [over_time("max(marsad_outbox_alerts)", "alerts"),
               over_time("max(marsad_outbox_oldest_seconds)", "seconds of the oldest")], steps=((60, "red"),))
    )  # fmt: skip
    return made.with_panel(
        heat_map("From event to alert", "How long after an article's time its alert was published. What was published "
                 "long before it came in is in the upper rows.", units.Seconds, "marsad_alert_latency_seconds")
    )  # fmt: skip
