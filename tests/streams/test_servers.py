"""Where the servers are and how to log on to them."""

from pathlib import Path

import faust
import pytest
from pydantic import SecretStr
from redis.asyncio import Redis
from redis.exceptions import NoPermissionError

from processors.errors import ServiceError
from streams.local.services import Addresses
from streams.servers import faust_credentials, kafka_config, locate, redis_client
from streams.settings import Settings

SASL = {"kafka_username": "me", "kafka_password": SecretStr("hush")}


def test_without_any_server_the_message_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match=r"marsad local up.*MARSAD_KAFKA"):
        locate(Settings(home=tmp_path))


def test_servers_that_are_set_win(tmp_path: Path, addresses: Addresses) -> None:
    found = locate(Settings(home=tmp_path, kafka=addresses.kafka, redis=SecretStr(addresses.redis)))
    assert (found.kafka, found.redis) == (addresses.kafka, addresses.redis)


@pytest.mark.parametrize("protocol", ["SASL_PLAINTEXT", "SASL_SSL"])
def test_kafkas_log_on_is_the_same_for_both_clients(protocol: str) -> None:
    settings = Settings(kafka_security_protocol=protocol, **SASL)  # type: ignore[arg-type]
    config = kafka_config(settings, "one:9092,two:9092")
    assert config["bootstrap_servers"] == ["one:9092", "two:9092"]
    assert (config["sasl_plain_username"], config["sasl_plain_password"]) == ("me", "hush")
    credentials = faust_credentials(settings)
    assert isinstance(credentials, faust.SASLCredentials)
    assert (credentials.username, credentials.password) == ("me", "hush")
    assert credentials.mechanism is not None
    assert credentials.mechanism.value == config["sasl_mechanism"]
    assert ("ssl_context" in config) == (protocol == "SASL_SSL")


def test_a_certificate_that_is_not_there_is_named(tmp_path: Path) -> None:
    settings = Settings(kafka_security_protocol="SSL", kafka_ca_file=tmp_path / "absent.pem")
    with pytest.raises(ServiceError, match="MARSAD_KAFKA_"):
        kafka_config(settings, "one:9092")


def test_redis_takes_a_user_and_certificates() -> None:
    settings = Settings(redis_username="me", redis_password=SecretStr("hush"), redis_ca_file=Path("ca.pem"))
    options = redis_client(settings, "rediss://host:6380/1").connection_pool.connection_kwargs
    assert (options["username"], options["password"], options["db"]) == ("me", "hush", 1)
    assert options["ssl_ca_certs"] == "ca.pem"


@pytest.mark.anyio
async def test_redis_is_entered_as_an_acl_user(redis: Redis, settings: Settings, addresses: Addresses) -> None:
    await redis.acl_setuser("me", enabled=True, passwords=["+hush"], keys=["*"], commands=["+ping"])
    try:
        user = settings.model_copy(update={"redis_username": "me", "redis_password": SecretStr("hush")})
        async with redis_client(user, addresses.redis) as client:
            assert await client.ping()
            with pytest.raises(NoPermissionError):
                await client.get("anything")
    finally:
        await redis.acl_deluser("me")
