"""Reads a file of receivers; every problem is told where it stands."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from alerts.delivery.context import Context
from alerts.delivery.only import Only
from alerts.delivery.receivers import TYPES, AnyReceiver, Rate, Retries
from alerts.rules.problems import Problem
from processors.errors import ConfigError
from processors.tagging import nearest
from processors.yamlnodes import Document, Fault, read_document

_PARTS: Final[dict[str, type[BaseModel]]] = {"only": Only, "rate": Rate, "retries": Retries}
_FORM: Final = "begin it with `receivers:` and a line `- name: ...` for each"


class ReceiverFileError(ConfigError):
    """The file of receivers cannot be used; one line for each problem."""

    def __init__(self, path: Path, faults: Sequence[Fault]) -> None:
        problems = [Problem(path, place.line, place.column, what) for place, what in sorted(faults)]
        super().__init__("\n".join(map(str, problems)))


def read_receivers(path: Path, context: Context) -> tuple[AnyReceiver, ...]:
    """Return the receivers of a file; raise ReceiverFileError that lists every problem, or ConfigError."""
    try:
        document = read_document(path)
    except OSError as error:
        message = f"{path}: the receivers cannot be read: {error.strerror}; see MARSAD_RECEIVERS"
        raise ConfigError(message) from error
    reader = _Reader(document, context)
    receivers = reader.read()
    if reader.faults:
        raise ReceiverFileError(path, reader.faults)
    return receivers


class _Reader:
    """Reads receiver by receiver, and notes what is wrong."""

    def __init__(self, document: Document, context: Context) -> None:
        self.faults: list[Fault] = [*document.faults]
        self._document = document
        self._context = context
        self._names: set[str] = set()

    def read(self) -> tuple[AnyReceiver, ...]:
        content = self._document.content
        entries = content.get("receivers") if isinstance(content, dict) else None
        if not isinstance(entries, list) or not entries:
            if not self.faults:
                self._fault((), f"there is no list of receivers; {_FORM}")
            return ()
        for key in content.keys() - {"receivers"} if isinstance(content, dict) else ():
            self._fault((key,), f"unknown key {key}{nearest(str(key), ['receivers'])}", key=True)
        found = (self._receiver(number, entry) for number, entry in enumerate(entries))
        return tuple(receiver for receiver in found if receiver is not None)

    def _receiver(self, number: int, entry: object) -> AnyReceiver | None:
        steps = ("receivers", number)
        if not isinstance(entry, dict):
            self._fault(steps, "this is no receiver; write `- name: ...`, its `type` and its `url`")
            return None
        name = f"receiver {entry['name']}" if "name" in entry else "the receiver"
        model = self._type(steps, name, entry)
        self._claim(steps, name, entry.get("name"))
        try:
            return model.model_validate(entry, context=self._context) if model else None
        except ValidationError as error:
            for problem in error.errors(include_url=False, include_input=False):
                self._explain(steps, name, model or BaseModel, dict(problem))
            return None

    def _type(self, steps: Sequence[object], name: str, entry: dict[Any, Any]) -> type[AnyReceiver] | None:
        written = str(entry.get("type", ""))
        if written not in TYPES:
            what = "type is missing; add it" if not written else f"type: there is no {written}"
            hint = nearest(written, [*TYPES]) or f"; there are {', '.join(TYPES)}"
            self._fault((*steps, "type"), f"{name}: {what}{hint}")
        return TYPES.get(written)

    def _claim(self, steps: Sequence[object], name: str, written: object) -> None:
        if written is not None and str(written) in self._names:
            self._fault((*steps, "name"), f"{name}: there is one of this name already; rename one")
        self._names.add(str(written))

    def _explain(self, steps: Sequence[object], name: str, model: type[BaseModel], problem: dict[str, Any]) -> None:
        path = problem["loc"]
        where = ".".join(str(step) for step in path if isinstance(step, str))
        place = (*steps, *path)
        match problem["type"]:
            case "extra_forbidden":
                known = [*(_PARTS[path[-2]] if len(path) > 1 else model).model_fields]
                hint = nearest(str(path[-1]), known) or f"; there are {', '.join(known)}"
                self._fault(place, f"{name}: {where}: unknown key{hint}", key=True)
            case "missing":
                self._fault(place[:-1], f"{name}: {where} is missing; add it")
            case "string_pattern_mismatch":
                self._fault(place, f"{name}: {where}: write small letters, digits, dots, dashes and underscores only")
            case _:
                said = problem["msg"].removeprefix("Value error, ").replace("Input should", "it should")
                self._fault(place, f"{name}: {where}: {said}")

    def _fault(self, steps: Sequence[object], what: str, *, key: bool = False) -> None:
        self.faults.append(Fault(self._document.at(steps, key=key), what))
