"""Spanish names in all their forms, and what else they may be."""

import pytest

from processors.catalogue.model import How
from processors.languages.spanish import forms
from processors.tagging import Tagger
from tests.processors.languages.reading import states_in, topics_in


@pytest.mark.parametrize(
    ("alias", "how", "there", "absent"),
    [
        pytest.param("ruso", How.DEMONYM, {"rusa", "rusos", "rusas"}, {"rusoa"}, id="in o"),
        pytest.param("francés", How.DEMONYM, {"francesa", "franceses", "francesas"}, {"francés-"}, id="in és"),
        pytest.param("alemán", How.DEMONYM, {"alemana", "alemanes"}, set(), id="in án"),
        pytest.param("israelí", How.DEMONYM, {"israelíes"}, {"israelía"}, id="in í"),
        pytest.param("estadounidense", How.DEMONYM, {"estadounidenses"}, set(), id="one for both genders"),
        pytest.param("Turquía", How.NAME, {"Turquía", "Turquia"}, {"Turquías"}, id="accents left out"),
        pytest.param("Saná", How.CAPITAL, {"Saná"}, {"Sana"}, id="another word without its accent"),
    ],
)
def test_an_alias_has_its_forms(alias: str, how: How, there: set[str], absent: set[str]) -> None:
    made = set(forms(alias, how))
    assert there <= made
    assert not absent & made


@pytest.mark.parametrize(
    ("body", "states"),
    [
        pytest.param("Los EE. UU. y EEUU, con o sin espacio", {"US"}, id="abbreviations"),
        pytest.param("los EE.\u00a0UU.", {"US"}, id="a no-break space"),
        pytest.param("soldados norcoreanos y una misión rusa", {"KP", "RU"}, id="gender and number"),
        pytest.param("el tratado franco-alemán", {"FR", "DE"}, id="two joined by a hyphen"),
        pytest.param("Nuevo México y el golfo de México", set(), id="a longer name"),
        pytest.param("Habló en español y en inglés.", set(), id="a language"),
        pytest.param("La reunión con Mauricio en Granada", set(), id="words, first names and towns"),
        pytest.param("Granada, en el Caribe", {"GD"}, id="a name that needs another word"),
        pytest.param("El Salvador y Guinea Ecuatorial", {"SV", "GQ"}, id="names of several words"),
        pytest.param("la paz en la región", set(), id="peace"),
        pytest.param("La Paz, sede del Gobierno de Bolivia", {"BO"}, id="a capital that is a word"),
    ],
)
def test_a_text_names_states(tagger: Tagger, body: str, states: set[str]) -> None:
    assert states_in(tagger, body, "es") == states


@pytest.mark.parametrize(
    ("body", "topics"),
    [
        pytest.param(
            "El ministro francés de Exteriores se reunió con su homólogo chino en París.", {"diplomacy"}, id="diplomacy"
        ),
        pytest.param(
            "Los dos ejércitos iniciaron maniobras militares conjuntas en el Báltico.",
            {"joint-exercises", "military-cooperation"},
            id="joint exercises",
        ),
        pytest.param("Sin embargo, el alcalde aprobó las obras del parque.", set(), id="nevertheless is no embargo"),
        pytest.param("El montañero llegó a la cumbre del volcán.", set(), id="a peak is no summit"),
        pytest.param("Bruselas aprobó nuevas sanciones contra el régimen.", {"sanctions"}, id="sanctions"),
        pytest.param("El concejal derrochó el dinero del gobierno local.", set(), id="waste is no overthrow"),
    ],
)
def test_a_text_is_about_topics(tagger: Tagger, body: str, topics: set[str]) -> None:
    assert topics_in(tagger, body, "es") == topics
