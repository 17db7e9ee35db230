"""What reading a file of receivers needs from outside of it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple


class Context(NamedTuple):
    """The environment that secrets come from, and what knows the actors; it raises InputError."""

    environ: Mapping[str, str]
    actor: Callable[[str], str]
