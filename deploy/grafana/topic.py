"""Topic: how much is told of a subject, and of whom."""

from grafana_foundation_sdk.builders import dashboard as builders
from grafana_foundation_sdk.models import units

from deploy.grafana.panels import lines, listing, now, number, over_time, ranking
from deploy.grafana.parts import WINDOWS, choice, frame, most, to_pair, to_topic, window

OF = 'topic="$topic"'


def dashboard() -> builders.Dashboard:
    """Return the dashboard."""
    made = frame("topic", "Topic", "How much is told of a subject, and which watched pairs are in it.")
    topics = choice("topic", "Topic", "label_values(marsad_topic_stories, topic)", "military-cooperation")
    return _rest(_numbers(made.with_variable(topics).with_variable(window()).with_variable(most())))


def _numbers(made: builders.Dashboard) -> builders.Dashboard:
    made = made.with_row(builders.Row("$topic"))
    for name in WINDOWS:
        made = made.with_panel(
            number(f"Stories within {name}", f"Distinct stories on the topic within {name}.", "stories",
                   over_time(f'max(marsad_topic_stories{{{OF}, window="{name}"}})', "stories"), width=6)
        )  # fmt: skip
    return made.with_panel(
        number("Sources", "Distinct sources of articles on the topic within the window.", "sources",
               over_time(f'max(marsad_topic_sources{{{OF}, window="$window"}})', "sources"), width=6)
    )  # fmt: skip


def _rest(made: builders.Dashboard) -> builders.Dashboard:
    made = made.with_panel(
        lines("Articles and stories", "How many articles and stories were on the topic within the window.", units.Short,
              [over_time(f'max(marsad_topic_articles{{{OF}, window="$window"}})', "articles"),
               over_time(f'max(marsad_topic_stories{{{OF}, window="$window"}})', "stories")])
    ).with_panel(
        lines("New articles", "Articles on the topic as they come in.", "articles/min",
              [over_time(f"60 * sum(rate(marsad_topic_tags_total{{{OF}}}[$__rate_interval]))", "articles")])
    )  # fmt: skip
    made = made.with_panel(
        listing("Watched pairs", "Stories on the topic by the watched pair that they name, within the window.",
                units.Short,
                {"stories": "topk($top, max by (actor, other) "
                            f'(marsad_pair_topic_stories{{{OF}, window="$window"}}))'}, width=16,
                links=[to_pair("${__data.fields.actor}", "${__data.fields.other}")])
    )  # fmt: skip
    return made.with_panel(
        ranking("All topics", "Topics by their stories within the window, to compare.", "stories",
                now('sort_desc(topk($top, max by (topic) (marsad_topic_stories{window="$window"})))', "{{topic}}"),
                to_topic("${__field.labels.topic}"))
    )  # fmt: skip
