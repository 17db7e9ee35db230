"""YAML that says where each value stands and refuses repeated keys."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from processors.errors import ConfigError


class _Loader(yaml.CSafeLoader):
    """The safe loader, with repeated keys refused."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - the library's signature
        """Build a mapping; raise ConfigError where a key stands twice."""
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                mark = key_node.start_mark
                message = f"{mark.line + 1}:{mark.column + 1}: key {key!r} is there twice; keep one"
                raise ConfigError(message)
            seen.add(key)
        return super().construct_mapping(node, deep)


def load_yaml(path: Path) -> object:
    """Read one YAML file; raise ConfigError, yaml.YAMLError or OSError."""
    with path.open("rb") as file:
        return yaml.load(file, _Loader)  # noqa: S506 - a safe loader
