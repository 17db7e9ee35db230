"""What the dashboards share: frame, variables, links from one to the other."""

from collections.abc import Sequence
from typing import Final

from grafana_foundation_sdk.builders import dashboard as builders
from grafana_foundation_sdk.models import dashboard as models

SOURCE: Final = models.DataSourceRef(type_val="prometheus", uid="${datasource}")
TAG: Final = "marsad"
WINDOWS: Final = ("1h", "24h", "7d")
ALL: Final = models.VariableOption(text="All", value="$__all", selected=True)


def frame(uid: str, title: str, description: str) -> builders.Dashboard:
    """Return a dashboard without panels, which links to the others and lets choose the Prometheus."""
    return (
        builders.Dashboard(f"Marsad: {title}")
        .uid(f"marsad-{uid}")
        .description(description)
        .tags([TAG])
        .timezone("browser")
        .time("now-6h", "now")
        .refresh("30s")
        .readonly()
        .tooltip(models.DashboardCursorSync.CROSSHAIR)
        .link(
            builders.DashboardLink("Marsad")
            .type(models.DashboardLinkType.DASHBOARDS)
            .tags([TAG])
            .include_vars(True)
            .keep_time(True)
            .tooltip("The other dashboards of Marsad")
        )
        .with_variable(builders.DatasourceVariable("datasource").label("Prometheus").type("prometheus"))
    )


def window(chosen: str = "24h") -> builders.CustomVariable:
    """Return the choice of a window of the rolling counts."""
    told = "How far the rolling counts look back, in whole hours of event time"
    return _custom("window", "Window", told, WINDOWS, chosen)


def most(chosen: str = "10") -> builders.CustomVariable:
    """Return the choice of how many rows rankings have."""
    return _custom("top", "Rows", "How many rows rankings have", ("5", "10", "20", "50"), chosen)


def _custom(name: str, label: str, told: str, values: Sequence[str], chosen: str) -> builders.CustomVariable:
    return (
        builders.CustomVariable(name)
        .label(label)
        .description(told)
        .values(", ".join(values))
        .options([_option(value, chosen=value == chosen) for value in values])
        .current(_option(chosen, chosen=True))
    )


def choice(name: str, label: str, query: str, chosen: str, regex: str = "") -> builders.QueryVariable:
    """Return the choice of one value that Prometheus has."""
    return _query(name, label, query).current(_option(chosen, chosen=True)).regex(regex)


def choices(name: str, label: str, query: str) -> builders.QueryVariable:
    """Return the choice of some values that Prometheus has; all unless chosen."""
    return _query(name, label, query).multi(True).include_all(True).all_value(".*").current(ALL)


def _query(name: str, label: str, query: str) -> builders.QueryVariable:
    return (
        builders.QueryVariable(name)
        .label(label)
        .datasource(SOURCE)
        .query({"query": query, "refId": "PrometheusVariableQueryEditor-VariableQuery"})
        .refresh(models.VariableRefresh.ON_TIME_RANGE_CHANGED)
        .sort(models.VariableSort.ALPHABETICAL_ASC)
    )


def _option(name: str, *, chosen: bool) -> models.VariableOption:
    return models.VariableOption(text=name, value=name, selected=chosen)


def to_pair(one: str, other: str) -> builders.DashboardLink:
    """Return a link from a value to its pair's dashboard."""
    return _to("The pair", f"/d/marsad-pair?var-one={one}&var-other={other}")


def to_topic(topic: str) -> builders.DashboardLink:
    """Return a link from a value to its topic's dashboard."""
    return _to("The topic", f"/d/marsad-topic?var-topic={topic}")


def _to(title: str, url: str) -> builders.DashboardLink:
    return builders.DashboardLink(title).url(f"{url}&${{__url_time_range}}")
