"""`marsad notify`, as a person calls it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from streams.cli import main
from streams.settings import Settings
from tests.desk import Desk, Reply, desk
from tests.workers import environment

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
RULES = """rules:
- {id: east, pair: [Russia, North Korea], severity: high}
- {id: west, pair: [France, Germany]}
- {id: south, pair: [Brazil, Chile], severity: low}
"""
RECEIVERS = """receivers:
- name: desk
  type: webhook
  url: URL/t0ken
  secret: SECRET
  only: {severity: medium, rules: [east, wset]}
  rate: {most: 20, per: 1m}
- {name: chat, type: apprise, url: 'json://desk.example/t0ken', only: {severity: critical}}
"""
Marsad = Callable[..., Result]


@pytest.fixture
def there() -> Iterator[Desk]:
    with desk() as found:
        yield found


@pytest.fixture
def marsad(tmp_path: Path, there: Desk) -> Marsad:
    """The command line without any server."""
    (tmp_path / "rules.yaml").write_text(RULES)
    (tmp_path / "receivers.yaml").write_text(RECEIVERS.replace("URL", there.url).replace("SECRET", SECRET))
    (tmp_path / "compiled").symlink_to(Settings().home / "compiled")
    set_ = Settings(home=tmp_path, rules=tmp_path / "rules.yaml", receivers=tmp_path / "receivers.yaml")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["notify", *arguments], env=environment(set_))

    return run


def test_a_check_tells_what_would_be_sent_where_and_what_is_doubtful(marsad: Marsad, there: Desk) -> None:
    result = marsad("--check")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"desk: webhook to {there.url}",
        "  alerts of severity medium or more, of rule east or wset",
        "  at most 20 in 1m",
        "  tried 10 times, 10s each, with pauses up to 5m; then a dead letter",
        "  of 1 rules: east",
        "chat: apprise to JSON",
        "  alerts of severity critical or more",
        "  tried 10 times, 10s each, with pauses up to 5m; then a dead letter",
        "  of 0 rules: none",
    ]
    assert result.stderr.splitlines() == [
        "warning: receiver desk: there is no rule wset; did you mean west?",
        "warning: receiver chat is told of nothing: no rule meets what it wants",
        "warning: nobody is told of the alerts of west, south",
    ]
    assert there.posts == []


def test_a_test_alert_is_sent_once_and_shown(marsad: Marsad, there: Desk) -> None:
    result = marsad("--test", "desk")
    (post,) = there.posts
    assert (result.exit_code, result.stdout) == (0, f"{post.body.decode()}\ndesk accepted it: 200 ok\n")
    assert json.loads(post.body)["data"]["kind"] == "test"


@pytest.mark.parametrize(
    ("status", "said"),
    [pytest.param(403, "refused it: 403 no", id="refused"), pytest.param(503, "could not be told: 503 no", id="away")],
)
def test_a_test_alert_that_does_not_arrive_fails(marsad: Marsad, there: Desk, status: int, said: str) -> None:
    there.reply = lambda _: Reply(status, b"no")
    result = marsad("--test", "desk")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (1, f"desk {said}")
    assert len(there.posts) == 1


def test_a_receiver_that_is_not_in_the_file_is_told(marsad: Marsad) -> None:
    assert marsad("--test", "desj").stderr == "Error: there is no receiver desj; there are desk, chat\n"


def test_without_a_file_of_receivers_it_says_what_to_do() -> None:
    result = CliRunner().invoke(main, ["notify", "--check"], env=environment(Settings()))
    assert (result.exit_code, "set MARSAD_RECEIVERS" in result.stderr) == (1, True)
