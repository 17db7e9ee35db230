"""The kinds of panels, each with what makes it readable: unit, legend, thresholds, a description.

Colours are Grafana's own palette and its named colours, which it shows in any theme.
"""

from collections.abc import Sequence
from string import ascii_uppercase
from typing import Final, TypeVar

from grafana_foundation_sdk.builders import bargauge, common, heatmap, prometheus, stat, table, timeseries
from grafana_foundation_sdk.builders import dashboard as builders
from grafana_foundation_sdk.cog.builder import Builder
from grafana_foundation_sdk.models import common as look
from grafana_foundation_sdk.models import dashboard as models
from grafana_foundation_sdk.models import heatmap as heat
from grafana_foundation_sdk.models.prometheus import PromQueryFormat

from deploy.grafana.parts import SOURCE

Query = prometheus.Dataquery
Steps = tuple[tuple[float, str], ...]
AnyPanel = TypeVar("AnyPanel", timeseries.Panel, stat.Panel, table.Panel, heatmap.Panel, bargauge.Panel)

NEUTRAL: Final[Steps] = ()
"""Where no value is better than another."""

LAST: Final = "lastNotNull"


def over_time(expr: str, legend: str) -> Query:
    """Return a query for a line over time."""
    return prometheus.Dataquery().datasource(SOURCE).expr(expr).legend_format(legend).range()


def now(expr: str, legend: str) -> Query:
    """Return a query for present values."""
    return prometheus.Dataquery().datasource(SOURCE).expr(expr).legend_format(legend).instant()


def rows(expr: str, name: str) -> Query:
    """Return a query for the rows of a table."""
    query = prometheus.Dataquery().datasource(SOURCE).expr(expr).format(PromQueryFormat.TABLE).instant()
    return query.legend_format(name)


def lines(
    title: str,
    description: str,
    unit: str,
    queries: Sequence[Query],
    *,
    width: int = 12,
    steps: Steps = NEUTRAL,
    stacked: bool = False,
) -> timeseries.Panel:
    """Return lines over time, or bars on top of each other."""
    legend = common.VizLegendOptions().display_mode(look.LegendDisplayMode.TABLE).show_legend(True)
    legend = legend.placement(look.LegendPlacement.BOTTOM).calcs([LAST, "max"])
    tooltip = common.VizTooltipOptions().mode(look.TooltipDisplayMode.MULTI).sort(look.SortOrder.DESCENDING)
    panel = timeseries.Panel().legend(legend).tooltip(tooltip).axis_soft_min(0).fill_opacity(10)
    panel = panel.color_scheme(builders.FieldColor().mode(models.FieldColorModeId.PALETTE_CLASSIC_BY_NAME))
    if stacked:
        panel = panel.draw_style(look.GraphDrawStyle.BARS).fill_opacity(80)
        panel = panel.stacking(common.StackingConfig().mode(look.StackingMode.NORMAL))
    if steps:
        shown = common.GraphThresholdsStyleConfig().mode(look.GraphThresholdsStyleMode.DASHED)
        panel = panel.thresholds_style(shown)
    return _panel(panel, title, description, unit, queries, (width, 9), steps)


def number(
    title: str, description: str, unit: str, query: Query, *, width: int = 4, steps: Steps = NEUTRAL
) -> stat.Panel:
    """Return one number, with its course behind it."""
    panel = stat.Panel().graph_mode(look.BigValueGraphMode.AREA).reduce_options(_last())
    panel = panel.color_mode(look.BigValueColorMode.VALUE if steps else look.BigValueColorMode.NONE)
    return _panel(panel, title, description, unit, [query], (width, 4), steps)


def ranking(
    title: str, description: str, unit: str, query: Query, link: Builder[models.DashboardLink] | None = None
) -> bargauge.Panel:
    """Return a bar for each value, the largest first."""
    panel = bargauge.Panel().orientation(look.VizOrientation.HORIZONTAL).reduce_options(_last()).min(0)
    panel = panel.display_mode(look.BarGaugeDisplayMode.BASIC)
    panel = panel.color_scheme(builders.FieldColor().mode(models.FieldColorModeId.CONTINUOUS_BLUES))
    if link is not None:
        panel = panel.data_links([link])
    return _panel(panel, title, description, unit, [query], (8, 11), NEUTRAL)


def listing(
    title: str,
    description: str,
    unit: str,
    queries: dict[str, str],
    *,
    width: int = 12,
    links: Sequence[Builder[models.DashboardLink]] = (),
) -> table.Panel:
    """Return a table: a row for each set of labels, a column for each query, sorted by the first of these."""
    columns = {f"Value #{letter}": name for letter, name in zip(ascii_uppercase, queries, strict=False)}
    first = next(iter(queries))
    tidy: dict[str, object] = {"excludeByName": {"Time": True}, "renameByName": {"Value": first, **columns}}
    panel = table.Panel().sort_by([common.TableSortByFieldState().display_name(first).desc(True)])
    panel = panel.with_transformation(models.DataTransformerConfig(id_val="merge", options={}))
    panel = panel.with_transformation(models.DataTransformerConfig(id_val="organize", options=tidy))
    if links:
        panel = panel.data_links([*links])
    targets = [rows(expr, name) for name, expr in queries.items()]
    return _panel(panel, title, description, unit, targets, (width, 11), NEUTRAL)


def heat_map(title: str, description: str, unit: str, metric: str, *, width: int = 12) -> heatmap.Panel:
    """Return how a histogram's values are spread over time."""
    query = over_time(f"sum by (le) (increase({metric}_bucket[$__rate_interval]))", "{{le}}")
    colour = heatmap.HeatmapColorOptions().mode(heat.HeatmapColorMode.SCHEME).scheme("Blues").steps(32)
    panel = heatmap.Panel().calculate(False).color(colour).y_axis(heatmap.YAxisConfig().unit(unit)).show_legend()
    query = query.format(PromQueryFormat.HEATMAP)
    return _panel(panel, title, description, unit, [query], (width, 9), NEUTRAL)


def _last() -> common.ReduceDataOptions:
    return common.ReduceDataOptions().calcs([LAST]).values(False)


def _panel(
    panel: AnyPanel,
    title: str,
    description: str,
    unit: str,
    queries: Sequence[Query],
    size: tuple[int, int],
    steps: Steps,
) -> AnyPanel:
    width, height = size
    made = panel.title(title).description(description).datasource(SOURCE).unit(unit).span(width).height(height)
    for letter, query in zip(ascii_uppercase, queries, strict=False):
        made = made.with_target(query.ref_id(letter))
    first = "green" if steps else "text"
    found = [models.Threshold(None, first), *(models.Threshold(value, colour) for value, colour in steps)]
    return made.thresholds(builders.ThresholdsConfig().mode(models.ThresholdsMode.ABSOLUTE).steps(found))
