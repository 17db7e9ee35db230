"""`marsad silence`, as a person calls it."""

import json

import pytest
from click.testing import CliRunner, Result

from streams.cli import main
from streams.settings import Settings
from tests.workers import environment

WHO = ("--author", "ana", "--reason", "planned talks")


@pytest.fixture
def marsad(settings: Settings) -> "Marsad":
    return Marsad(settings)


class Marsad:
    """The command line with the settings of a test."""

    def __init__(self, settings: Settings) -> None:
        self._environment = environment(settings)

    def __call__(self, *arguments: str) -> Result:
        return CliRunner().invoke(main, ["silence", *arguments], env=self._environment)


def test_a_silence_is_listed_until_it_is_ended(marsad: Marsad) -> None:
    name = marsad("add", "--pair", "روسيا", "North Korea", "--topic", "military-cooperation", "--for", "2h", *WHO)
    made = json.loads(marsad("list", "--json").stdout)
    assert (made["id"], made["pair"]) == (name.stdout.strip(), ["state/RU", "state/KP"])
    assert "joint-exercises" in made["topics"]
    assert "pair state/RU + state/KP, topic military-cooperation" in marsad("list").stdout
    assert marsad("end", made["id"]).exit_code == 0
    assert marsad("list").stdout == "Nothing is silenced.\n"
    again = marsad("end", made["id"])
    assert (again.exit_code, f"there is no silence {made['id']}" in again.stderr) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        pytest.param(("--for", "2h", *WHO), "name what to silence", id="nothing named"),
        pytest.param(("--rule", "a", *WHO), "say when it ends", id="no end"),
        pytest.param(("--rule", "a", "--until", "2001-01-01T00:00:00Z", *WHO), "ended already", id="a past end"),
        pytest.param(("--rule", "a", "--for", "2h", "--author", "ana"), "Missing option '--reason'", id="no reason"),
        pytest.param(("--rule", "a", "--for", "2h", "--reason", "b"), "Missing option '--author'", id="no author"),
        pytest.param(("--rule", "a", "--for", "2h", "--author", " ", "--reason", "b"), "say something", id="blank"),
        pytest.param(("--topic", "nothing", "--for", "2h", *WHO), "topic nothing is not in", id="no such topic"),
        pytest.param(("--actor", "nobody", "--for", "2h", *WHO), "nobody is not in the catalogue", id="no such actor"),
    ],
)
def test_what_is_missing_or_wrong_is_told(marsad: Marsad, arguments: tuple[str, ...], problem: str) -> None:
    done = marsad("add", *arguments)
    assert done.exit_code != 0
    assert problem in done.stderr
