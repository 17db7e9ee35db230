"""Receivers as they are written: who gets alerts, by what way, which, and how often."""

from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr

from alerts.delivery.only import Only
from alerts.delivery.secret import Secret
from alerts.rules.written import ROUTE, as_list
from processors.durations import Duration, format_duration

_SECRET: Final = "whsec_"  # noqa: S105 - how every secret begins
_HOW_LONG: Final = range(24, 65)
_NOT_A_SECRET: Final = "write whsec_ and the base64 of 24 to 64 random bytes, such as $(openssl rand -base64 32)"  # noqa: S105


def _web(url: SecretStr) -> SecretStr:
    try:
        parts = urlsplit(url.get_secret_value())
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound:
        message = "it should begin with http:// or https:// and name a host"
        raise ValueError(message)
    return url


def _signing(secret: SecretStr) -> SecretStr:
    try:
        size = len(signing_key(secret))
    except ValueError:
        size = 0
    if size not in _HOW_LONG or not secret.get_secret_value().startswith(_SECRET):
        raise ValueError(_NOT_A_SECRET)
    return secret


def _sendable(value: SecretStr) -> SecretStr:
    if not value.get_secret_value().isascii() or not value.get_secret_value().isprintable():
        message = "it should be plain characters on one line, to go into a header"
        raise ValueError(message)
    return value


def signing_key(secret: SecretStr) -> bytes:
    """Return the bytes of a webhook's secret; raise ValueError."""
    return b64decode(secret.get_secret_value().removeprefix(_SECRET), validate=True)


HeaderValue = Annotated[Secret, AfterValidator(_sendable)]
HeaderName = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+$")]
WebUrl = Annotated[Secret, AfterValidator(_web)]


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rate(_Written):
    """How many alerts a receiver gets at most; more wait for their turn."""

    most: Annotated[int, Field(ge=1, description="So many alerts")]
    per: Annotated[Duration, Field(gt=0, description="Within so long")]

    def __str__(self) -> str:
        """Say it in words."""
        return f"at most {self.most} in {format_duration(self.per)}"


class Retries(_Written):
    """How often, and after how long, what failed is tried again."""

    attempts: Annotated[int, Field(ge=1, le=100, description="How often it is tried, the first time included")] = 10
    first: Annotated[Duration, Field(gt=0, description="The first pause; each is twice the one before")] = 1.0
    longest: Annotated[Duration, Field(gt=0, description="The longest pause")] = 300.0


class Receiver(_Written):
    """What all receivers have."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$", description="Its name, unique in the file")]
    only: Annotated[Only, Field(description="Which alerts it wants; without it: all")] = Only()
    routes: Annotated[
        tuple[Annotated[str, Field(pattern=ROUTE)], ...],
        BeforeValidator(as_list),
        Field(description="Read the alerts of these routes, not all alerts"),
    ] = ()
    rate: Annotated[Rate | None, Field(description="How many it gets at most, as `{most: 20, per: 1m}`")] = None
    retries: Annotated[Retries, Field(description="How often it is tried, and the pauses")] = Retries()
    timeout: Annotated[Duration, Field(gt=0, description="How long one attempt may take")] = 10.0
    url: Annotated[Secret, Field(description="Where it is; a secret")]

    def secrets(self) -> frozenset[str]:
        """Return all that must not be shown."""
        return frozenset(_secrets(self))


class AppriseReceiver(Receiver):
    """A receiver that Apprise reaches: chat, mail, telephones."""

    type: Literal["apprise"]


class WebReceiver(Receiver):
    """A receiver that is reached by HTTP."""

    url: Annotated[WebUrl, Field(description="Where it is, `http://` or `https://`; a secret")]
    headers: Annotated[
        dict[HeaderName, HeaderValue],
        Field(description="Headers to send besides; secrets"),
    ] = {}
    ca_file: Annotated[
        Path | None, Field(description="PEM file of the authority that signed the receiver's certificate")
    ] = None


class WebhookReceiver(WebReceiver):
    """A receiver of signed webhooks."""

    type: Literal["webhook"]
    secret: Annotated[
        tuple[Annotated[Secret, AfterValidator(_signing)], ...],
        BeforeValidator(as_list),
        Field(min_length=1, description="What signs: `whsec_...`; a list of two while one replaces the other"),
    ]


class AlertmanagerReceiver(WebReceiver):
    """Prometheus's Alertmanager."""

    type: Literal["alertmanager"]
    firing: Annotated[Duration, Field(gt=0, description="How long an alert fires before it counts as resolved")] = 900.0


class GrafanaReceiver(WebReceiver):
    """A Grafana that shows alerts as annotations."""

    type: Literal["grafana"]
    token: Annotated[HeaderValue, Field(description="Token of a service account that may write annotations")]


AnyReceiver = AppriseReceiver | WebhookReceiver | AlertmanagerReceiver | GrafanaReceiver
TYPES: Final[dict[str, type[AnyReceiver]]] = {
    "apprise": AppriseReceiver,
    "webhook": WebhookReceiver,
    "alertmanager": AlertmanagerReceiver,
    "grafana": GrafanaReceiver,
}


def host_of(receiver: WebReceiver) -> str:
    """Return where a receiver is without what may be secret of it."""
    parts = urlsplit(receiver.url.get_secret_value())
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port else "")


def _secrets(value: Any) -> Iterator[str]:  # noqa: ANN401 - any field
    if isinstance(value, SecretStr):
        yield value.get_secret_value()
    elif isinstance(value, BaseModel):
        for _, field in value:
            yield from _secrets(field)
    elif isinstance(value, dict | tuple):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _secrets(item)
