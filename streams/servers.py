"""Where Kafka and Redis are, and how to log on to them."""

import ssl
from typing import TYPE_CHECKING, Any

import faust
import msgspec
from redis.asyncio import Redis

from processors.errors import ServiceError
from streams.settings import Settings

if TYPE_CHECKING:
    from streams.local.services import Addresses


class Servers(msgspec.Struct, frozen=True):
    """The addresses in force: Kafka as `host:port` separated by commas, Redis as a URL."""

    kafka: str
    redis: str


def locate(settings: Settings) -> Servers:
    """Return the servers that are set, else the running local services; raise ServiceError when there are none."""
    return Servers(locate_kafka(settings), locate_redis(settings))


def locate_kafka(settings: Settings) -> str:
    """Return the brokers for what needs no Redis; raise ServiceError when there are none."""
    local = None if settings.kafka else _local(settings)
    return settings.kafka or _needed(local.kafka if local else None, "Kafka")


def locate_redis(settings: Settings) -> str:
    """Return Redis for what needs no Kafka; raise ServiceError when there is none."""
    if settings.redis:
        return settings.redis.get_secret_value()
    local = _local(settings)
    return _needed(local.redis if local else None, "Redis")


def _local(settings: Settings) -> "Addresses | None":
    from streams.local.services import find_running

    return find_running(settings.home / "local")


def _needed(address: str | None, what: str) -> str:
    if not address:
        name = f"MARSAD_{what.upper()}"
        message = f"no {what}: start the local services with `marsad local up`, or set {name} to a server of yours"
        raise ServiceError(message)
    return address


def redis_client(settings: Settings, url: str) -> Redis:
    """Return a client that answers in bytes and gives up on a silent server after ten seconds."""
    options: dict[str, Any] = {}
    if settings.redis_username:
        options["username"] = settings.redis_username
    if settings.redis_password:
        options["password"] = settings.redis_password.get_secret_value()
    if url.startswith("rediss://"):
        options |= {
            "ssl_ca_certs": _text(settings.redis_ca_file),
            "ssl_certfile": _text(settings.redis_cert_file),
            "ssl_keyfile": _text(settings.redis_key_file),
        }
    return Redis.from_url(
        url, socket_timeout=10, socket_connect_timeout=5, socket_keepalive=True, health_check_interval=30, **options
    )


def kafka_config(settings: Settings, brokers: str) -> dict[str, Any]:
    """Return the options of kafka-python and of aiokafka for these brokers."""
    config: dict[str, Any] = {
        "bootstrap_servers": brokers.split(","),
        "security_protocol": settings.kafka_security_protocol,
        "client_id": "marsad",
    }
    if settings.kafka_security_protocol.endswith("SSL"):
        config["ssl_context"] = ssl_context(settings)
    if settings.kafka_security_protocol.startswith("SASL"):
        config["sasl_mechanism"] = settings.kafka_sasl_mechanism
        config["sasl_plain_username"] = settings.kafka_username
        config["sasl_plain_password"] = _password(settings)
    return config


def faust_credentials(settings: Settings) -> "faust.types.auth.CredentialsT | None":
    """Return the same for Faust."""
    context = ssl_context(settings) if settings.kafka_security_protocol.endswith("SSL") else None
    if settings.kafka_security_protocol.startswith("SASL"):
        return faust.SASLCredentials(
            username=settings.kafka_username or "",
            password=_password(settings),
            mechanism=settings.kafka_sasl_mechanism,
            ssl_context=context,
        )
    return faust.SSLCredentials(context) if context else None


def ssl_context(settings: Settings) -> ssl.SSLContext:
    """Return the TLS settings for Kafka; raise ServiceError when a file cannot be used."""
    try:
        context = ssl.create_default_context(cafile=_text(settings.kafka_ca_file))
        if settings.kafka_cert_file:
            context.load_cert_chain(settings.kafka_cert_file, settings.kafka_key_file)
    except (OSError, ssl.SSLError) as error:
        message = f"the certificates for Kafka cannot be used: {error}; see the MARSAD_KAFKA_*_FILE settings"
        raise ServiceError(message) from error
    return context


def _password(settings: Settings) -> str:
    return settings.kafka_password.get_secret_value() if settings.kafka_password else ""


def _text(path: object) -> str | None:
    return str(path) if path else None
