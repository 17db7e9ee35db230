"""YAML that says where each value stands and refuses repeated keys."""

import re
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from processors.errors import ConfigError

_BOOLEAN: Final = "tag:yaml.org,2002:bool"


class Loader(yaml.CSafeLoader):
    """The safe loader, with repeated keys refused, and `no` and `on` words as in YAML 1.2."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the library's own way
        letter: [(tag, pattern) for tag, pattern in found if tag != _BOOLEAN]
        for letter, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }

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


Loader.add_implicit_resolver(_BOOLEAN, re.compile("^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))


class Lines:
    """The lines of a YAML document's values, by the keys that lead there."""

    def __init__(self, node: yaml.Node | None) -> None:
        self._node = node

    def of(self, steps: Sequence[object]) -> int:
        """Return the line of the value that some keys and indexes lead to, or of the last that is there."""
        node = self._node
        line = node.start_mark.line if node else 0
        for step in steps:
            found = _child(node, step)
            if found is None:
                break
            line, node = found
        return line + 1

    def value(self, key: str) -> object:
        """Return the scalar under a key of the document, None when there is none."""
        found = _child(self._node, key)
        return found[1].value if found else None


def _child(node: yaml.Node | None, step: object) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child = node.value[step]
        return child.start_mark.line, child
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line, value
    return None


def load_yaml(path: Path) -> object:
    """Read one YAML file; raise ConfigError, yaml.YAMLError or OSError."""
    return load_with_lines(path)[0]


def load_with_lines(path: Path) -> tuple[Any, Lines]:
    """Read one YAML file, and where its values stand; raise ConfigError, yaml.YAMLError or OSError."""
    with path.open("rb") as file:
        loader = Loader(file)
        try:
            node = loader.get_single_node()
            return (None if node is None else loader.construct_document(node)), Lines(node)
        finally:
            loader.dispose()
