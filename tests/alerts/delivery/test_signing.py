"""Signatures of webhooks."""

from pydantic import SecretStr

from alerts.delivery.receivers import signing_key
from alerts.delivery.signing import signed_headers

KEY = signing_key(SecretStr("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
BODY = b'{"test": 2432232314}'


def test_a_signature_is_that_of_the_reference() -> None:
    """The example that libraries of Standard Webhooks are tested with."""
    headers = signed_headers("msg_p5jXN8AQM9LWM0D4loKWxJek", BODY, [KEY], 1614265330.7)
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_each_key_signs_while_one_replaces_the_other() -> None:
    one, other = signed_headers("a", BODY, [KEY, b"another"], 1.0)["webhook-signature"].split()
    assert [one] == signed_headers("a", BODY, [KEY], 1.0)["webhook-signature"].split()
    assert [other] == signed_headers("a", BODY, [b"another"], 1.0)["webhook-signature"].split()
