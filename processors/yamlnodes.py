"""A YAML document that knows where each of its values stands, and that says everything that is wrong with it."""

from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml

from processors.yamlfile import Loader

_TEXTS: Final = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:merge"})


class Place(NamedTuple):
    """A line and a column, both from 1."""

    line: int
    column: int


class Fault(NamedTuple):
    """What is wrong at a place of a document."""

    place: Place
    what: str


class Document:
    """A document's content, and its faults."""

    def __init__(self, content: object, node: yaml.Node | None, faults: Sequence[Fault]) -> None:
        self.content = content
        self.faults = faults
        self._node = node

    def at(self, steps: Sequence[object], *, key: bool = False) -> Place:
        """Return where the value that some steps lead to stands, or its key; steps that lead nowhere are left out."""
        mark = self._node.start_mark if self._node else None
        node = self._node
        for step in steps:
            found = _child(node, step)
            if found is not None:
                name, node = found
                mark = (name if key else node).start_mark
        return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)


def read_document(path: Path) -> Document:
    """Read one YAML file; raise OSError. What is no YAML has its fault and no content."""
    loader = Loader(path.read_bytes())
    try:
        node = loader.get_single_node()
        builder = _Builder(loader)
        content = None if node is None else builder.build(node)
        return Document(content, node, builder.faults)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
        return Document(None, None, [Fault(place, f"this is no YAML: {error.problem or error.context}; mend it")])
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        first = str(error).splitlines()[0]
        return Document(None, None, [Fault(Place(1, 1), f"this is no YAML: {first}; write it in UTF-8")])
    finally:
        loader.dispose()


class _Builder:
    """Makes values of nodes, each node once, so that what is named by an anchor is one object."""

    def __init__(self, loader: Loader) -> None:
        self.faults: list[Fault] = []
        self._loader = loader
        self._made: dict[int, Any] = {}

    def build(self, node: yaml.Node) -> Any:  # noqa: ANN401 - YAML
        """Return the value of a node."""
        if isinstance(node, yaml.ScalarNode):
            return node.value if node.tag in _TEXTS else self._scalar(node)
        if id(node) in self._made:
            return self._made[id(node)]
        if isinstance(node, yaml.MappingNode):
            mapping: dict[Hashable, Any] = {}
            self._made[id(node)] = mapping
            self._fill(mapping, node)
            return mapping
        items: list[Any] = []
        self._made[id(node)] = items
        items.extend([self.build(child) for child in node.value])
        return items

    def _fill(self, mapping: dict[Hashable, Any], node: yaml.MappingNode) -> None:
        seen: set[Hashable] = set()
        for key, _ in node.value:
            name = self._key(key)
            if name in seen:
                self._fault(key, f"key {name!r} is there twice; keep one")
            seen.add(name)
        if "<<" in seen:
            self._merge(node)
        for key, value in node.value:  # what the mapping says itself comes last, and wins
            mapping[self._key(key)] = self.build(value)

    def _merge(self, node: yaml.MappingNode) -> None:
        try:
            self._loader.flatten_mapping(node)
        except yaml.MarkedYAMLError as error:
            self._fault(node, f"<<: {error.problem}; name an anchor of a mapping")

    def _key(self, node: yaml.Node) -> Hashable:
        return self.build(node) if isinstance(node, yaml.ScalarNode) else str(node.value)

    def _scalar(self, node: yaml.ScalarNode) -> Any:  # noqa: ANN401 - YAML
        try:
            return self._loader.construct_object(node)
        except (yaml.MarkedYAMLError, ValueError) as error:
            why = error.problem if isinstance(error, yaml.MarkedYAMLError) else error
            self._fault(node, f"{node.value!r} cannot be read: {why}; quote it if it is a text")
            return node.value

    def _fault(self, node: yaml.Node, what: str) -> None:
        self.faults.append(Fault(Place(node.start_mark.line + 1, node.start_mark.column + 1), what))


def _child(node: yaml.Node | None, step: object) -> tuple[yaml.Node, yaml.Node] | None:
    """Return the key and the value that a step leads to; of a sequence, the value for both."""
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    if isinstance(node, yaml.MappingNode):
        wanted = str(step)
        return next(((key, value) for key, value in reversed(node.value) if key.value == wanted), None)
    return None
