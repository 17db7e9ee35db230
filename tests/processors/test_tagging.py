"""Whom and what an article is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.catalogue import How
from processors.normalise import normalise
from processors.tagging import Tagger
from tests.makers import ARABIC_ARTICLE, make_article


@pytest.mark.parametrize(
    ("lang", "body", "actors"),
    [
        pytest.param("ar", "وصل إلى روسيا", {"state/RU"}, id="a name"),
        pytest.param("ar", "شكره لبوتين", {"state/RU", "person/vladimir-putin"}, id="a leader behind a preposition"),
        pytest.param("ar", "وللروس", {"state/RU"}, id="a demonym behind clitics"),
        pytest.param("en", "Prussian blue", set(), id="inside a longer word"),
        pytest.param("ko", "북한은 러시아와 협력했다", {"state/KP", "state/RU"}, id="names before particles"),
        pytest.param("zh", "俄罗斯与朝鲜", {"state/KP", "state/RU"}, id="no spaces"),
        pytest.param("tr", "Rusya'nın Kuzey Kore'ye", {"state/KP", "state/RU"}, id="suffixes behind an apostrophe"),
        pytest.param("en", "let us go", set(), id="a word that is an abbreviation in capitals"),
        pytest.param("en", "the US said", {"state/US"}, id="an abbreviation in capitals"),
        pytest.param("ar", "في سيؤول", {"state/KR"}, id="a capital"),
        pytest.param("ar", "كــوريا الشماليّة", {"state/KP"}, id="tatweel and a mark"),
        pytest.param(
            "da", "Statsminister Mette Frederiksen", {"state/DK", "person/mette-frederiksen"}, id="a language not known"
        ),
    ],
)
def test_an_article_is_tagged_with_the_actors_it_names(tagger: Tagger, lang: str, body: str, actors: set[str]) -> None:
    assert tagger.tag(make_article(body=body, lang=lang)).actor_ids == actors


def test_a_person_counts_for_a_state_only_while_in_office(tagger: Tagger) -> None:
    in_2023 = tagger.tag(make_article(body="Sergei Shoigu spoke.", published_at=1_690_000_000))
    in_1980 = tagger.tag(make_article(body="Sergei Shoigu spoke.", published_at=330_000_000))
    assert "state/RU" in in_2023.actor_ids
    assert "state/RU" not in in_1980.actor_ids


@pytest.mark.skipif(not ARABIC_ARTICLE.exists(), reason="the article lies beside the checkout, not in it")
def test_the_first_article_is_about_russia_and_north_korea(tagger: Tagger) -> None:
    title, _, body = ARABIC_ARTICLE.read_text("utf-8").partition("\n")
    tagged = tagger.tag(make_article(title=title, body=body, lang="ar"))
    ways = {(mention.id, mention.how) for mention in tagged.mentions}
    assert {name for name in tagged.actor_ids if name.startswith("state/")} == {
        f"state/{c}" for c in ("RU", "KP", "US", "KR")
    }
    assert ways >= {(f"state/{code}", how) for code in ("RU", "KP") for how in (How.NAME, How.DEMONYM, How.CAPITAL)}
    assert ways >= {("state/RU", How.SEAT), ("state/US", How.CAPITAL), ("state/KR", How.CAPITAL)}
    assert ("state/KR", How.NAME) not in ways
    assert {name for name, how in ways if how is How.PERSON} == {
        "person/vladimir-putin",
        "person/kim-jong-un",
        "person/dmitry-peskov",
        "person/sergei-shoigu",
    }
    assert tagged.topic_ids >= {
        "military-cooperation",
        "space-technology",
        "satellites",
        "missile-programme",
        "arms-transfer",
        "diplomacy",
        "trade",
    }


@given(st.text(alphabet=st.sampled_from("abcüİßАяأإىةـّ\u200f’ روسيا한국 俄罗斯"), max_size=60))
def test_every_mention_is_a_slice_of_the_original(text: str) -> None:
    seen = normalise(text)
    for start in range(len(seen.text)):
        begin, end = seen.span(start, start + 1)
        assert normalise(text[begin:end]).text.startswith(seen.text[start]) or seen.text[start] in " '"


def test_spans_index_the_original_text(tagger: Tagger) -> None:
    article = make_article(title="İstanbul: Rusya ve Kuzey Kore", body="قال بُوتِين إنّ كوريا الشمالية")
    for mention in tagger.tag(article).mentions:
        assert article.field(mention.field)[mention.start : mention.end] == mention.text
