"""Secrets of receivers: written out or as `${NAME}` of the environment, and never shown."""

import re
from collections.abc import Iterable
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, SecretStr, ValidationInfo

from alerts.delivery.context import Context

_VARIABLE: Final = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_MASK: Final = "***"


def _filled(written: object, info: ValidationInfo[Any]) -> object:
    """Return what is written with each `${NAME}` replaced by that variable of the environment."""
    if not isinstance(written, str) or not isinstance(info.context, Context):
        return written
    environ = info.context.environ
    missing = [name for name in _VARIABLE.findall(written) if name not in environ]
    if missing:
        message = f"the environment has no {' and no '.join(missing)}; set it, or write the secret itself"
        raise ValueError(message)
    return _VARIABLE.sub(lambda found: environ[found[1]], written)


Secret = Annotated[SecretStr, BeforeValidator(_filled)]


def masked(text: str, secrets: Iterable[str]) -> str:
    """Return `text` without any of some secrets."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, _MASK) if secret else text
    return text
