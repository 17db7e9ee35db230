"""All dashboards, as Grafana reads them."""

from grafana_foundation_sdk.cog.encoder import JSONEncoder

from deploy.grafana import alerts, overview, pair, pipeline, topic


def encoded() -> dict[str, str]:
    """Return the content of each dashboard's file."""
    made = {
        "overview.json": overview.dashboard(),
        "pair.json": pair.dashboard(),
        "topic.json": topic.dashboard(),
        "alerts.json": alerts.dashboard(),
        "pipeline.json": pipeline.dashboard(),
    }
    encoder = JSONEncoder(sort_keys=True, indent=2)
    return {name: encoder.encode(dashboard.build()) + "\n" for name, dashboard in made.items()}
