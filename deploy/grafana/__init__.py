"""Grafana's dashboards, made by `python -m deploy.grafana`."""
