"""German names in all their forms, and what else they may be."""

import pytest

from processors.catalogue.model import How
from processors.languages.german import forms
from processors.tagging import Tagger
from tests.processors.languages.reading import states_in


@pytest.mark.parametrize(
    ("alias", "how", "there", "absent"),
    [
        pytest.param("russisch", How.DEMONYM, {"russische", "russischem"}, {"russischs"}, id="an adjective"),
        pytest.param("Russe", How.DEMONYM, {"Russe", "Russen"}, {"Russes"}, id="a national in e"),
        pytest.param("Syrer", How.DEMONYM, {"Syrers", "Syrern"}, {"Syreren"}, id="a national in er"),
        pytest.param("Britin", How.DEMONYM, {"Britinnen"}, {"Britins"}, id="a woman"),
        pytest.param("Irak", How.NAME, {"Iraks", "Nordirak", "Südiraks"}, {"Irakes"}, id="a name"),
        pytest.param("Laos", How.NAME, {"Laos"}, {"Laoss"}, id="a name that ends in s"),
        pytest.param("Vereinigte Staaten", How.NAME, {"Vereinigten Staaten"}, set(), id="an adjective in a name"),
        pytest.param("Niederlande", How.NAME, {"Niederlanden"}, set(), id="a plural"),
        pytest.param("Angela Merkel", How.PERSON, {"Angela Merkels"}, {"Angelas Merkel"}, id="a person"),
        pytest.param("Weißes Haus", How.SEAT, {"Weißen Hauses", "Weisse Haus"}, set(), id="a seat"),
    ],
)
def test_an_alias_has_its_forms(alias: str, how: How, there: set[str], absent: set[str]) -> None:
    made = set(forms(alias, how))
    assert there <= made
    assert not absent & made


@pytest.mark.parametrize(
    ("body", "states"),
    [
        pytest.param("Die Truppen Russlands und ukrainische Verbände", {"RU", "UA"}, id="endings"),
        pytest.param("Der Irakkrieg und die Syrienkonferenz", {"IQ", "SY"}, id="compounds"),
        pytest.param("Er lebt in Nordirland, sie in Südkorea.", {"GB", "KR"}, id="a part that is another state"),
        pytest.param("Er lebt in Südfrankreich, sie im ostukrainischen Charkiw.", {"FR", "UA"}, id="regions"),
        pytest.param("die deutsch-französische Grenze", {"DE", "FR"}, id="two joined by a hyphen"),
        pytest.param("Er sagte es auf Deutsch.", set(), id="a language"),
        pytest.param("Südamerika und lateinamerikanische Musik", set(), id="continents"),
        pytest.param("Wir aßen ein Wiener Schnitzel.", set(), id="food"),
        pytest.param("Moskauer Zeitungen", {"RU"}, id="a capital's adjective"),
        pytest.param("in den Vereinigten Arabischen Emiraten", {"AE"}, id="a name of three words"),
    ],
)
def test_a_german_text_names_states(tagger: Tagger, body: str, states: set[str]) -> None:
    assert states_in(tagger, body, "de") == states
