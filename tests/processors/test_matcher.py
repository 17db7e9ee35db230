"""Which aliases are found, and why others are not."""

import pytest

from processors.guards import Refusal
from processors.reading import read
from processors.tagging import Tagger
from tests.makers import make_article
from tests.processors.catalogues import make_tagger

CATALOGUE = """
- {id: state/GN, name: {en: [Guinea]}, demonym: {en: [Guinean]}}
- {id: state/PG, name: {en: [Papua New Guinea]}}
- {id: state/TR, name: {en: [Turkey]}}
- {id: state/US, name: {en: [America]}, abbreviation: {en: [US, U.S.]}, capital: {en: [Washington]}}
- {id: state/JO, name: {en: [Jordan]}}
- {id: state/GE, name: {en: [Georgia]}}
- {id: state/TG, name: {en: [Togo]}}
- {id: state/CN, demonym: {zh: [中美], en: [Sino-US]}}
- {id: state/US, demonym: {zh: [中美], en: [Sino-US]}}
- {id: person/ann-lee, name: {en: [Ann Lee]}, roles: [{of: state/TG}]}
- {id: person/bob-lee, name: {en: [Bob Lee]}, roles: [{of: state/US}], safe: {en: [Bobby]}}
"""
GUARDS = """
lang: en
nothing: [New Guinea pig, Latin America]
guards:
  Washington: {not_after: [George], not_before: [Post, state*]}
  Jordan: {not_person: true}
  Georgia: {needs: [Tbilisi, Abkhaz*], not_with: [Atlanta]}
  Togo: {needs: [Lomé, African*]}
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Tagger:
    return make_tagger(tmp_path_factory.mktemp("matcher"), actors=CATALOGUE, guards=GUARDS)


def found(tagger: Tagger, body: str, lang: str = "en") -> set[str]:
    return {mention.id for mention in tagger.tag(make_article(title="", body=body, lang=lang)).mentions}


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        pytest.param("In Papua New Guinea it rained.", {"state/PG"}, id="the longest alias wins"),
        pytest.param("Guinea and Papua New Guinea", {"state/GN", "state/PG"}, id="both when both are there"),
        pytest.param("A New Guinea pig escaped.", set(), id="words of nobody swallow a name"),
        pytest.param("Latin America", set(), id="a name within words of nobody"),
        pytest.param("We ate turkey.", set(), id="a name without its capital"),
        pytest.param("TURKEY SAYS NO", {"state/TR"}, id="a name all in capitals"),
        pytest.param("Tell us more; the US knows.", {"state/US"}, id="an abbreviation as it is written"),
        pytest.param("tell us more", set(), id="a word like an abbreviation"),
        pytest.param("U.S.-led forces", {"state/US"}, id="an abbreviation with dots before a hyphen"),
        pytest.param("Papua\nNew Guinea", {"state/PG"}, id="a name over two lines"),
        pytest.param("Sino–US talks", {"state/CN", "state/US"}, id="an alias of two, with another dash"),
        pytest.param("George Washington said", set(), id="after a word that makes it something else"),
        pytest.param("the Washington Post; Washington statehood", set(), id="before such a word, with any ending"),
        pytest.param("Washington said", {"state/US"}, id="the same name without"),
        pytest.param("He saw Michael Jordan.", set(), id="a person's first name"),
        pytest.param("Jordan Peele won.", set(), id="a person's last name"),
        pytest.param("The king of Jordan spoke.", {"state/JO"}, id="the state"),
        pytest.param("Georgia won.", {"state/GE"}, id="a guard of two kinds, none of its words there"),
        pytest.param("Atlanta, Georgia", set(), id="with a word that makes it something else"),
        pytest.param("From Atlanta to Tbilisi: Georgia", {"state/GE"}, id="with that word and one that it needs"),
        pytest.param("The Togo river", set(), id="without the words it needs"),
        pytest.param("Togo, an African state", {"state/TG"}, id="with one of them"),
        pytest.param("Ann Lee came; Lee spoke.", {"person/ann-lee"}, id="a surname after the full name"),
        pytest.param("Lee spoke.", set(), id="a surname alone"),
        pytest.param("Bobby spoke.", {"person/bob-lee"}, id="a name that is safe"),
    ],
)
def test_aliases_are_found_as_words(small: Tagger, body: str, ids: set[str]) -> None:
    assert found(small, body) == ids


@pytest.mark.parametrize(
    ("body", "why"),
    [
        pytest.param("We ate turkey.", Refusal.NO_CAPITAL, id="capital"),
        pytest.param("tell us", Refusal.NOT_AS_WRITTEN, id="capitals"),
        pytest.param("Papua New Guinea", Refusal.LONGER, id="longer"),
        pytest.param("George Washington", Refusal.AFTER, id="after"),
        pytest.param("Washington Post", Refusal.BEFORE, id="before"),
        pytest.param("by Michael Jordan", Refusal.PERSON, id="person"),
        pytest.param("Atlanta, Georgia", Refusal.WITH, id="with"),
        pytest.param("The Togo river", Refusal.LACKS, id="lacks"),
        pytest.param("Lee spoke.", Refusal.NO_FULL_NAME, id="surname"),
    ],
)
def test_what_does_not_count_says_why(small: Tagger, body: str, why: Refusal) -> None:
    article = make_article(title="", body=body)
    assert why in {refused.why for refused in read(article, small.matcher("en"), thorough=True).refused()}


def test_each_language_finds_its_own_aliases(small: Tagger) -> None:
    assert found(small, "关于中美关系", "zh") == {"state/CN", "state/US"}
    assert found(small, "Turkey", "zh") == set()
    assert found(small, "他说US很好", "zh") == {"state/US"}, "abbreviations in Latin capitals are read everywhere"


def test_a_language_that_is_not_known_finds_the_names_of_all(small: Tagger) -> None:
    assert found(small, "Turkey og andre", "da") == {"state/TR"}
    assert found(small, "Turkey", "en-GB") == {"state/TR"}


def test_all_languages_that_are_not_known_share_one_matcher(small: Tagger) -> None:
    assert small.matcher("da") is small.matcher("sv-SE")
    assert small.matcher("da") is not small.matcher("en")
    assert small.matcher("EN-gb") is small.matcher("en")
