"""Write the dashboards beside this file."""

from pathlib import Path

from deploy.grafana.build import encoded

FOLDER = Path(__file__).parent / "dashboards"

if __name__ == "__main__":
    for name, content in encoded().items():
        (FOLDER / name).write_text(content, "utf-8")
