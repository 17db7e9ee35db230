"""Overview: what is in the news now."""

from grafana_foundation_sdk.builders import dashboard as builders
from grafana_foundation_sdk.models import units

from deploy.grafana.panels import lines, listing, now, number, over_time, ranking
from deploy.grafana.parts import frame, most, to_pair, to_topic, window

STATES = 'actor=~"state/.*", window="$window"'


def dashboard() -> builders.Dashboard:
    """Return the dashboard."""
    made = frame("overview", "Overview", "What is in the news now, and whether Marsad sees all of it.")
    made = made.with_variable(window()).with_variable(most())
    return _tables(_rankings(_courses(_now(made))))


def _now(made: builders.Dashboard) -> builders.Dashboard:
    made = made.with_row(builders.Row("Now"))
    return made.with_panel(
        number("Articles", "Articles that came in the last five minutes, by the minute.", "articles/min",
               over_time("60 * marsad:articles:rate5m", "articles a minute"))
    ).with_panel(
        number("Alerts in the last hour", "Alerts that were published within the last hour, of all rules.",
               units.Short, over_time("sum(marsad:alerts:increase1h)", "alerts"))
    ).with_panel(
        number("Articles that wait", "Articles that Kafka holds and that are not processed yet.", units.Short,
               over_time("marsad:lag:sum", "articles"), steps=((1_000, "yellow"), (10_000, "red")))
    ).with_panel(
        number("Behind", "How old the oldest article is that is not processed; some seconds at rest.", units.Seconds,
               over_time("marsad:behind:seconds", "behind"), steps=((300, "yellow"), (3_600, "red")))
    ).with_panel(
        number("Workers that are ready", "Workers of the group that can do their work.", units.Short,
               over_time('max(marsad_workers{state="ready"})', "workers"))
    ).with_panel(
        number("Problems of the rules", "Problems that keep changed rules from being in force.", units.Short,
               over_time("max(marsad_rules_refused)", "problems"), steps=((1, "red"),))
    )  # fmt: skip


def _courses(made: builders.Dashboard) -> builders.Dashboard:
    made = made.with_panel(
        lines("Articles over time", "Articles that came in, and those of them that were new.", "articles/min",
              [over_time("60 * sum(rate(marsad_articles_consumed_total[$__rate_interval]))", "all"),
               over_time("60 * sum(rate(marsad_articles_tagged_total[$__rate_interval])"
                         " - rate(marsad_articles_duplicate_total[$__rate_interval]))", "new")])
    )  # fmt: skip
    return made.with_panel(
        lines("Alerts by severity", "Alerts that were published, by how much they matter.", units.Short,
              [over_time("sum by (severity) (increase(marsad_alerts_published_total[$__rate_interval]))",
                         "{{severity}}")], stacked=True)
    )  # fmt: skip


def _rankings(made: builders.Dashboard) -> builders.Dashboard:
    made = made.with_row(builders.Row("Who and what, within $window"))
    return made.with_panel(
        ranking("Most named actors", "Actors by the stories that named them within the window.", "stories",
                now('sort_desc(topk($top, max by (actor) (marsad_actor_stories{window="$window"})))', "{{actor}}"))
    ).with_panel(
        ranking("Most frequent topics", "Topics by the stories on them within the window.", "stories",
                now('sort_desc(topk($top, max by (topic) (marsad_topic_stories{window="$window"})))', "{{topic}}"),
                to_topic("${__field.labels.topic}"))
    ).with_panel(
        ranking("Most frequent pairs", "Pairs by the stories that named both within the window.", "stories",
                now('sort_desc(topk($top, max by (actor, other) (marsad_pair_stories{window="$window"})))',
                    "{{actor}} + {{other}}"),
                to_pair("${__field.labels.actor}", "${__field.labels.other}"))
    )  # fmt: skip


def _tables(made: builders.Dashboard) -> builders.Dashboard:
    made = made.with_panel(
        listing("Rising pairs", "Pairs of at least two stories in the last day, by that day against the mean of the "
                "week's days: 1 is as usual, 7 is all of the week's stories in one day.", "x",
                {"against the week's mean": "topk($top, marsad:pair_stories:rise and on (actor, other) "
                                            'max by (actor, other) (marsad_pair_stories{window="24h"}) >= 2)'},
                links=[to_pair("${__data.fields.actor}", "${__data.fields.other}")])
    )  # fmt: skip
    return made.with_panel(
        listing("States", "What was told of each state within the window: stories, articles, and distinct sources.",
                units.Short,
                {"stories": f"max by (actor) (marsad_actor_stories{{{STATES}}})",
                 "articles": f"max by (actor) (marsad_actor_articles{{{STATES}}})",
                 "sources": f"max by (actor) (marsad_actor_sources{{{STATES}}})"})
    )  # fmt: skip
