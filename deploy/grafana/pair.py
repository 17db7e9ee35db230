"""Pair: two actors together."""

from grafana_foundation_sdk.builders import dashboard as builders
from grafana_foundation_sdk.models import dashboard as models
from grafana_foundation_sdk.models import units

from deploy.grafana.panels import lines, listing, now, number, over_time, ranking
from deploy.grafana.parts import WINDOWS, choice, frame, most, to_pair, to_topic, window

BOTH = 'actor=~"$one|$other", other=~"$one|$other"'
PARTNERS = (
    'query_result(label_replace(marsad_pair_stories{window="7d", actor="$one"}, "partner", "$1", "other", "(.+)")'
    ' or label_replace(marsad_pair_stories{window="7d", other="$one"}, "partner", "$1", "actor", "(.+)"))'
)


def dashboard() -> builders.Dashboard:
    """Return the dashboard."""
    made = frame("pair", "Pair", "Two actors together: how often, on what, told by how many, and what was alerted.")
    made = made.with_variable(choice("one", "Actor", "label_values(marsad_actor_stories, actor)", "state/RU"))
    made = made.with_variable(choice("other", "with", PARTNERS, "state/KP", '/partner="([^"]+)"/'))
    made = made.with_variable(window()).with_variable(most()).annotation(_alerts())
    return _others(_courses(_together(made)))


def _alerts() -> builders.AnnotationQuery:
    """Return the alerts on the pair, which the notifier of Grafana annotations left."""
    target = builders.AnnotationTarget().limit(100).match_any(False).type("tags").tags(["marsad", "$one", "$other"])
    query = builders.AnnotationQuery().name("Alerts on this pair").enable(True).icon_color("red")
    return query.datasource(models.DataSourceRef(type_val="grafana", uid="-- Grafana --")).target(target)


def _together(made: builders.Dashboard) -> builders.Dashboard:
    made = made.with_row(builders.Row("$one and $other"))
    for name in WINDOWS:
        made = made.with_panel(
            number(f"Stories within {name}", f"Distinct stories that named both within {name}.", "stories",
                   over_time(f'max(marsad_pair_stories{{{BOTH}, window="{name}"}})', "stories"))
        )  # fmt: skip
    return made.with_panel(
        number("Articles", "Articles that named both within the window: copies of one report count each.", "articles",
               over_time(f'max(marsad_pair_articles{{{BOTH}, window="$window"}})', "articles"))
    ).with_panel(
        number("Sources", "Distinct sources that named both within the window, to about one in a hundred.", "sources",
               over_time(f'max(marsad_pair_sources{{{BOTH}, window="$window"}})', "sources"))
    ).with_panel(
        number("Against the week's mean", "The last day's stories against the mean of the week's days: 1 is as usual.",
               "x", over_time(f"max(marsad:pair_stories:rise{{{BOTH}}})", "rise"), steps=((2, "yellow"), (4, "red")))
    )  # fmt: skip


def _courses(made: builders.Dashboard) -> builders.Dashboard:
    made = made.with_panel(
        lines("Articles and stories", "How many articles and stories named both within the window, as time went by. "
              "Alerts on the pair are marked where Grafana is told of them.", units.Short,
              [over_time(f'max(marsad_pair_articles{{{BOTH}, window="$window"}})', "articles"),
               over_time(f'max(marsad_pair_stories{{{BOTH}, window="$window"}})', "stories"),
               over_time(f'max(marsad_pair_sources{{{BOTH}, window="$window"}})', "sources")], width=16)
    )  # fmt: skip
    return made.with_panel(
        ranking("On which topics", "Stories that named both on a topic of a rule that watches the pair.", "stories",
                now(f'sort_desc(topk($top, max by (topic) (marsad_pair_topic_stories{{{BOTH}, window="$window"}})))',
                    "{{topic}}"),
                to_topic("${__field.labels.topic}"))
    )  # fmt: skip


def _others(made: builders.Dashboard) -> builders.Dashboard:
    made = made.with_row(builders.Row("Each of them"))
    made = made.with_panel(
        lines("Stories of each", "Stories that named one or the other within the window.", "stories",
              [over_time('max by (actor) (marsad_actor_stories{actor=~"$one|$other", window="$window"})', "{{actor}}")])
    )  # fmt: skip
    partners = (
        '(marsad_pair_stories{actor="$one", window="$window"} or marsad_pair_stories{other="$one", window="$window"})'
    )
    return made.with_panel(
        listing("Other pairs of $one", "With whom the first actor was named most within the window.", units.Short,
                {"stories": f"topk($top, max by (actor, other) ({partners}))"},
                links=[to_pair("${__data.fields.actor}", "${__data.fields.other}")])
    )  # fmt: skip
