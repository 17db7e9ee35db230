"""Reading files of receivers."""

from pathlib import Path

import pytest

from alerts.delivery.context import Context
from alerts.delivery.reading import ReceiverFileError, read_receivers
from alerts.delivery.receivers import AppriseReceiver, Rate, WebhookReceiver
from alerts.severity import Severity
from processors.errors import ConfigError
from processors.tagging import Tagger

DATA = Path(__file__).parents[2] / "data" / "receivers"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def context(tagger: Tagger) -> Context:
    return Context({"DESK_TOKEN": "a-token"}, tagger.actor)


def written(path: Path, text: str) -> Path:
    file = path / "receivers.yaml"
    file.write_text(text, "utf-8")
    return file


def test_a_receiver_is_as_its_file_says(tmp_path: Path, context: Context) -> None:
    file = written(
        tmp_path,
        f"""receivers:
- name: desk
  type: webhook
  url: https://desk.example/${{DESK_TOKEN}}
  secret: {SECRET}
  only: {{severity: high, actors: [روسيا, Kim Jong Un]}}
  rate: {{most: 20, per: 1m}}
- {{name: chat, type: apprise, url: "json://chat.example"}}
""",
    )
    desk, chat = read_receivers(file, context)
    assert isinstance(desk, WebhookReceiver)
    assert desk.url.get_secret_value() == "https://desk.example/a-token"
    assert desk.only.severity is Severity.HIGH
    assert desk.only.actors == ("state/RU", "person/kim-jong-un")
    assert desk.rate == Rate(most=20, per=60.0)
    assert isinstance(chat, AppriseReceiver)
    assert chat.rate is None


def test_every_problem_is_told_with_its_place_and_no_secret(context: Context) -> None:
    path = DATA / "bad-keys.yaml"
    with pytest.raises(ReceiverFileError) as caught:
        read_receivers(path, context)
    assert str(caught.value).replace(f"{path}:", "") == (DATA / "bad-keys.txt").read_text("utf-8").strip()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("", "1:1: there is no list of receivers", id="empty"),
        pytest.param("- name: a", "1:1: there is no list of receivers", id="a bare list"),
        pytest.param("receivers: []", "1:1: there is no list of receivers", id="none"),
        pytest.param("receivers: [", "this is no YAML", id="broken"),
    ],
)
def test_a_file_without_receivers_is_refused(tmp_path: Path, context: Context, text: str, problem: str) -> None:
    with pytest.raises(ReceiverFileError, match=problem):
        read_receivers(written(tmp_path, text), context)


def test_a_file_that_is_not_there_is_told(tmp_path: Path, context: Context) -> None:
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        read_receivers(tmp_path / "none.yaml", context)


def test_what_is_secret_of_a_receiver_is_not_shown(tmp_path: Path, context: Context) -> None:
    text = (
        f"receivers: [{{name: desk, type: webhook, url: 'https://x:pw@desk.example/hook', secret: [{SECRET}, {SECRET}],"
        " headers: {x-key: '${DESK_TOKEN}'}}]"
    )
    (desk,) = read_receivers(written(tmp_path, text), context)
    assert desk.secrets() == {"https://x:pw@desk.example/hook", SECRET, "a-token"}
    assert not [secret for secret in desk.secrets() if secret in repr(desk)]
