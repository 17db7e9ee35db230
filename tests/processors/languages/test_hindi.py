"""Forms of Hindi names, and states in Hindi sentences."""

import pytest

from processors.catalogue.model import How
from processors.languages.hindi import forms
from processors.tagging import Tagger
from tests.processors.languages.reading import states_in


@pytest.mark.parametrize(
    ("alias", "form"),
    [
        pytest.param("रूसी", "रूसियों", id="a long i"),
        pytest.param("भारतीय", "भारतीयों", id="a consonant"),
        pytest.param("ऑस्ट्रेलियाई", "ऑस्ट्रेलियाइयों", id="an i behind a vowel"),
    ],
)
def test_a_word_for_nationals_has_an_oblique_plural(alias: str, form: str) -> None:
    assert form in {*forms(alias, How.DEMONYM)}
    assert [*forms(alias, How.NAME)] == [alias]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        pytest.param("रूसियों और यूक्रेनियों के बीच", {"RU", "UA"}, id="oblique plurals"),
        pytest.param("अमेरिका ने फ़्रांस और फ्रांस से कहा", {"US", "FR"}, id="with and without nukta"),
        pytest.param("दो चम्मच चीनी डालकर", set(), id="sugar"),
        pytest.param("चीनी राष्ट्रपति बीजिंग में", {"CN"}, id="Chinese"),
        pytest.param("लैटिन अमेरिका और हिंद महासागर", set(), id="regions and oceans"),
        pytest.param("यू.के. और यू.एस. के बीच", {"GB", "US"}, id="abbreviations"),
    ],
)
def test_a_sentence_names_its_states(body: str, found: set[str], tagger: Tagger) -> None:
    assert states_in(tagger, body, "hi") == found
