"""The settings: environment variables `MARSAD_*`, read once when a command starts."""

from pathlib import Path
from typing import Annotated, Literal, Self

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails, PydanticUndefined
from pydantic_settings import BaseSettings, SettingsConfigDict

from processors.durations import Duration
from processors.errors import ConfigError

MIB = 1024 * 1024
Port = Annotated[int, Field(ge=0, le=65535)]


class Settings(BaseSettings):
    """Everything that can be set; the description of a field is its line in the documentation."""

    model_config = SettingsConfigDict(env_prefix="MARSAD_", frozen=True, env_ignore_empty=True)

    kafka: str | None = Field(
        None,
        description="Kafka brokers, `host:port` separated by commas; default: the running local services",
    )
    kafka_security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        "PLAINTEXT", description="How to talk to the brokers"
    )
    kafka_sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = Field(
        "SCRAM-SHA-512", description="SASL mechanism, with a `SASL_*` protocol"
    )
    kafka_username: str | None = Field(None, description="SASL user name")
    kafka_password: SecretStr | None = Field(None, description="SASL password")
    kafka_ca_file: Path | None = Field(
        None, description="PEM file of the authority that signed the brokers' certificates"
    )
    kafka_cert_file: Path | None = Field(None, description="PEM file of the client's certificate")
    kafka_key_file: Path | None = Field(None, description="PEM file of the client's key")
    kafka_prefix: str = Field(
        "marsad.", pattern=r"^[A-Za-z0-9._-]*$", description="What every Kafka topic's name begins with"
    )
    kafka_partitions: int = Field(4, ge=1, description="Partitions of Kafka topics that Marsad creates")
    kafka_replication: int = Field(1, ge=1, description="Replicas of Kafka topics that Marsad creates")
    kafka_retention: Duration = Field(
        "7d", validate_default=True, description="How long Kafka topics that Marsad creates keep records"
    )

    kafka_compression: Literal["none", "gzip", "snappy", "lz4", "zstd"] = Field(
        "zstd",
        description="How what Marsad publishes is compressed; alerts never are, so that every client can read them",
    )

    redis: SecretStr | None = Field(
        None,
        description="Redis, `redis://` or `rediss://[user:password@]host:port/db`; default: the running local services",
    )
    redis_username: str | None = Field(None, description="Redis ACL user, when it is not in the URL")
    redis_password: SecretStr | None = Field(None, description="Redis password, when it is not in the URL")
    redis_ca_file: Path | None = Field(None, description="PEM file of the authority that signed Redis's certificate")
    redis_cert_file: Path | None = Field(None, description="PEM file of the client's certificate for Redis")
    redis_key_file: Path | None = Field(None, description="PEM file of the client's key for Redis")
    redis_prefix: str = Field("marsad:", pattern=r"^[^{}]*$", description="What every Redis key begins with")
    redis_wait_replicas: int = Field(
        0, ge=0, description="Replicas that must have a batch's effects before Kafka moves on"
    )

    group: str = Field("marsad", min_length=1, description="Kafka consumer group of the workers")
    rules: Path | None = Field(
        None,
        description="The file of watch rules, or a folder of them; default: the starter rules that come with Marsad",
    )
    receivers: Path | None = Field(None, description="The file of those whom `marsad notify` tells of alerts")
    catalogue: Path | None = Field(
        None, description="A file or folder of your own actors and topics, which extend or override Marsad's"
    )
    catalogue_base: Path | None = Field(
        None, description="Folder of a whole catalogue instead of the one that comes with Marsad"
    )
    article_max_bytes: int = Field(MIB, ge=1024, description="Largest article, in bytes as it stands on Kafka")
    batch_max: int = Field(500, ge=1, description="Most articles a worker handles as one batch")
    batch_wait: Duration = Field(
        "0s",
        validate_default=True,
        description="How long an article may wait for others to make a batch; waiting saves work at low load",
    )
    counts_retention: Duration = Field("8d", validate_default=True, description="How far back rolling counts reach")
    story_window: Annotated[Duration, Field(ge=60)] = Field(
        "3d",
        validate_default=True,
        description="How far apart copies of one report may be published, at least `1m`",
    )
    max_age: Duration = Field(
        "48h",
        validate_default=True,
        description="Articles older than this raise no alert, unless their rule says otherwise",
    )

    metrics_host: str = Field("127.0.0.1", description="Address of the worker's `/metrics` and `/healthz`")
    metrics_port: Port = Field(9464, description="Port of the same; the next free one when it is taken; 0: any")
    shutdown_timeout: Duration = Field(
        "8s",
        validate_default=True,
        description="How long a worker may take to end on SIGTERM before it is cut short",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="What the worker logs")

    home: Path = Field(
        default_factory=lambda: platformdirs.user_cache_path("marsad"),
        description="Folder for the local services and what they download; default: `marsad` in the user's cache",
    )
    kafka_version: str = Field("4.2.0", description="Apache Kafka that `marsad local up` runs")
    maven_repository: str | None = Field(
        None,
        description="Maven repository for Kafka's jars; default: the mirror in `~/.m2/settings.xml`, else Central",
    )
    user_agent: str = Field("marsad/0.1 (news monitor)", description="How Marsad names itself to web servers")

    @field_validator("redis")
    @classmethod
    def _redis_is_a_url(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith(("redis://", "rediss://", "unix://")):
            message = "must begin with redis://, rediss:// or unix://"
            raise ValueError(message)
        return value

    @classmethod
    def load(cls) -> Self:
        """Read the environment; raise ConfigError that names every variable that is wrong."""
        try:
            return cls()
        except ValidationError as error:
            raise ConfigError(_problems(error)) from error


def variable(field: str) -> str:
    """Return the environment variable that sets `field`."""
    return f"MARSAD_{field.upper()}"


def _problems(error: ValidationError) -> str:
    lines = [
        f"{variable(str(problem['loc'][0]))}: {problem['msg'].removeprefix('Value error, ')}, not {_shown(problem)}"
        for problem in error.errors()
    ]
    return "\n".join([*lines, "`marsad config --help` tells what each setting takes."])


def _shown(problem: ErrorDetails) -> str:
    secret = str(problem["loc"][0]) in {"redis", "kafka_password", "redis_password"}
    return "what it is (a secret, not shown)" if secret else repr(problem["input"])


def as_table() -> str:
    """Return the settings as docs/settings.md has them."""
    rows = [
        f"| `{variable(name)}` | {field.description} | {_default(field.default)} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(
        [
            "# Settings",
            "",
            "Marsad is set by environment variables. `marsad config` prints those in force, secrets masked.",
            "Durations are a number and a unit: `90s`, `15m`, `24h`, `7d`.",
            "",
            "| variable | what it sets | default |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _default(value: object) -> str:
    return "" if value is None or value is PydanticUndefined else f"`{value}`"


if __name__ == "__main__":
    print(as_table(), end="")  # noqa: T201 - `make docs` keeps what is printed
