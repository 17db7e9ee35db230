"""What an article must be like to fit a rule."""

from datetime import UTC, datetime

import pytest

from processors.article import Article
from tests.alerts.rules.conftest import Fits
from tests.makers import make_article

FOUR = "Russia and China held talks in Cairo. Iran and Iraq stayed away."
MATCH = "Russia beat China in the football final; the goalkeeper saved two penalties and the coach praised the team."
DATELINE = "MOSCOW, Sept 12 (Reuters) - China and Iran signed a trade agreement on tariffs and exports."


def a(body: str = FOUR, *, title: str = "", lang: str = "en", source: str = "the-source") -> Article:
    return make_article(body=body, title=title, lang=lang, source=source)


@pytest.mark.parametrize(
    ("rule", "article", "met"),
    [
        pytest.param("pair: [Russia, China]", a(), True, id="a pair"),
        pytest.param("pair: [Russia, Japan]", a(), False, id="half of a pair"),
        pytest.param("pairs_of: [Japan, Iran, Iraq]", a(), True, id="one pair of several"),
        pytest.param("pairs_of: [Japan, Brazil, Iraq]", a(), False, id="no pair of several"),
        pytest.param("actors: {all: [Russia, China, Iran]}", a(), True, id="all actors"),
        pytest.param("actors: {all: [Russia, China, Japan]}", a(), False, id="not all actors"),
        pytest.param("actors: [Japan, Iran]", a(), True, id="any actor"),
        pytest.param("actors: [Japan, Brazil]", a(), False, id="none of any"),
        pytest.param("actors: {any: [Russia], none: [Japan]}", a(), True, id="none there"),
        pytest.param("actors: {any: [Russia], none: [Iran]}", a(), False, id="one that must not be"),
        pytest.param("pair: [Russia, China]\nactors: {none: [Japan]}", a(), True, id="a pair without another"),
        pytest.param("pair: [Russia, China]\nactors: [Japan]", a(), False, id="a pair with another"),
        pytest.param("actors: [Russia]", a("Vladimir Putin smiled."), True, id="through a person"),
        pytest.param("actors: [Russia]", a(DATELINE), False, id="only in the dateline"),
        pytest.param("actors: [Russia]\nzones: [dateline]", a(DATELINE), True, id="in the dateline as asked"),
        pytest.param("actors: [China]\nzones: [title]", a(DATELINE, title="Iran signs"), False, id="not in the title"),
        pytest.param("pair: [China, Iran]\nzones: title", a("-", title="Iran and China sign"), True, id="in the title"),
        pytest.param("topics: [trade]", a(DATELINE), True, id="a topic"),
        pytest.param("topics: [economy]", a(DATELINE), True, id="a topic above"),
        pytest.param("topics: [culture, Handel]", a(DATELINE), True, id="a topic by its German name"),
        pytest.param("topics: {all: [trade, culture]}", a(DATELINE), False, id="not all topics"),
        pytest.param("topics: {any: [economy], none: [trade]}", a(DATELINE), False, id="a topic that must not be"),
        pytest.param("topics: {any: [trade], min_score: 0.99}", a(DATELINE), False, id="too low a score"),
        pytest.param("topics: {all: [trade], min_score: 0.3}", a(DATELINE), True, id="high enough a score"),
        pytest.param("pair: [Russia, China]\nlanguages: [en]", a(lang="en-GB"), True, id="a language with its region"),
        pytest.param("pair: [Russia, China]\nlanguages: [ar, ru]", a(), False, id="another language"),
        pytest.param("pair: [Russia, China]\nlanguages: [en]", a(lang="und"), False, id="a language not known"),
        pytest.param("pair: [Russia, China]\nsources: [The-Source]", a(), True, id="a source in any case"),
        pytest.param("pair: [Russia, China]\nsources: ['*.org', 'the*']", a(), True, id="a source by its beginning"),
        pytest.param("pair: [Russia, China]\nsources: ['th?']", a(source="the"), False, id="a question mark is itself"),
        pytest.param("pair: [Russia, China]\nsources: ['*']", a(source=""), False, id="a source not known"),
        pytest.param("pair: [Russia, China]", a(MATCH), False, id="sport is left out"),
        pytest.param("pair: [Russia, China]\nsport: true", a(MATCH), True, id="sport as asked"),
        pytest.param("pair: [Russia, China]\ntopics: [sport]", a(MATCH), True, id="sport as the topic"),
        pytest.param("pair: [Vladimir Putin, China]", a("Vladimir Putin saw China."), True, id="a person"),
    ],
)  # fmt: skip
def test_an_article_fits_a_rule_by_all_of_its_conditions(rule: str, article: Article, *, met: bool, fits: Fits) -> None:
    assert bool(fits(rule, article)) is met


@pytest.mark.parametrize(
    ("words", "article", "met"),
    [
        pytest.param("[drill]", a("A Drill began."), True, id="in any case"),
        pytest.param("[DRILL]", a("A drill began."), True, id="written in capitals"),
        pytest.param("[drill]", a("Drilling for oil."), False, id="within a longer word"),
        pytest.param("['drill*']", a("Drilling for oil."), True, id="with any ending"),
        pytest.param("[joint drill]", a("The first joint\ndrill."), True, id="two words over a line"),
        pytest.param("['joint* ~ drill*']", a("A joint two-day naval drill."), True, id="near each other"),
        pytest.param("[учения]", a("Начались УЧЕНИЯ.", lang="ru"), True, id="Russian"),
        pytest.param("[учения]", a("The «учения» began."), True, id="Russian in English"),
        pytest.param(
            "[مناورات]", a("وبدأت المُناورات", lang="ar"), True, id="Arabic behind its article and with a vowel"
        ),
        pytest.param("[演习]", a("中俄联合演习开始", lang="zh"), True, id="Chinese has no spaces"),
        pytest.param("[drill]", a("drill", lang="sw"), True, id="a language without a grammar"),
        pytest.param("{drill: 0.5, navy: 0.5}", a("A drill, and a drill again."), False, id="one word counts once"),
        pytest.param("{drill: 0.5, navy: 0.5}", a("A drill of the navy."), True, id="weights are added up"),
        pytest.param("{drill: 1, teeth: -1}", a("The dentist's drill hurts teeth."), False, id="a word speaks against"),
        pytest.param("[reuters]", a(DATELINE), False, id="not in the dateline"),
    ],
)
def test_own_words_are_found_as_words(words: str, article: Article, *, met: bool, fits: Fits) -> None:
    assert bool(fits(f"words: {words}", article)) is met


@pytest.mark.parametrize(
    ("within", "body", "met"),
    [
        pytest.param("article", "Russia spoke.\n\nChina spoke.", True, id="in different paragraphs of an article"),
        pytest.param("paragraph", "Russia spoke.\n\nChina spoke.", False, id="in different paragraphs"),
        pytest.param("paragraph", "Russia spoke.\nChina spoke.", False, id="a paragraph a line"),
        pytest.param(
            "paragraph", "Iran spoke.\n\nRussia spoke\nto China.", True, id="a line is none between blank lines"
        ),
        pytest.param("paragraph", "Russia spoke. China spoke.", True, id="in one paragraph"),
        pytest.param("sentence", "Russia spoke. China spoke.", False, id="in different sentences"),
        pytest.param("sentence", "Russia and Gen. Li of China spoke.", True, id="an abbreviation ends no sentence"),
        pytest.param("sentence", "Russia on 12. September told China.", True, id="nor does a date"),
        pytest.param("1 word", "Russia and China spoke.", True, id="one word apart"),
        pytest.param("1 word", "Russia and then China spoke.", False, id="two words apart"),
        pytest.param("2 words", "China left. Russia and then China spoke.", True, id="the closest counts"),
    ],
)
def test_a_pair_stands_as_close_as_the_rule_wants(within: str, body: str, *, met: bool, fits: Fits) -> None:
    assert bool(fits(f"pair: [Russia, China]\nwithin: {within}", make_article(body=body))) is met


def test_title_and_body_are_never_one_sentence(fits: Fits) -> None:
    article = make_article(title="Russia", body="China")
    assert fits("pair: [Russia, China]", article)
    assert not fits("pair: [Russia, China]\nwithin: paragraph", article)


def test_words_are_counted_in_a_language_without_spaces(fits: Fits) -> None:
    article = make_article(body="俄罗斯总统昨天前往中国。", lang="zh")
    assert fits("pair: [Russia, China]\nwithin: 4 words", article)
    assert not fits("pair: [Russia, China]\nwithin: 1 word", article)


def test_all_actors_stand_in_one_part(fits: Fits) -> None:
    rule = "actors: {all: [Russia, China, Iran]}\nwithin: sentence"
    assert fits(rule, make_article(body="Russia, China and Iran met."))
    assert not fits(rule, make_article(body="Russia and China met. China and Iran met."))


def test_an_article_that_names_very_many_makes_pairs_only_within_sentences(fits: Fits) -> None:
    many = "France, Germany, Italy, Spain, Poland, Norway, Sweden, Egypt, Kenya, Chile and Peru took part."
    assert not fits("pair: [Russia, China]", make_article(body=f"Russia won. {many} China lost."))
    assert fits("pair: [Russia, China]", make_article(body=f"Russia met China. {many}"))


@pytest.mark.parametrize(
    ("year", "met"), [pytest.param(2015, False, id="in office"), pytest.param(2023, True, id="out of office")]
)
def test_a_person_makes_no_pair_with_the_state_it_stands_for(year: int, *, met: bool, fits: Fits) -> None:
    article = make_article(
        body="Angela Merkel spoke about Germany.", published_at=datetime(year, 6, 1, tzinfo=UTC).timestamp()
    )
    assert bool(fits("pair: [Angela Merkel, Germany]", article)) is met


@pytest.mark.parametrize(
    ("rule", "groups"),
    [
        pytest.param("pair: [Russia, China]", {("state/CN", "state/RU")}, id="the pair"),
        pytest.param(
            "pairs_of: [Russia, China, Iran, Japan]",
            {("state/CN", "state/RU"), ("state/CN", "state/IR"), ("state/IR", "state/RU")},
            id="every pair that is there",
        ),
        pytest.param("pair: [Russia, China]\ngroup_by: rule", {()}, id="the rule, as asked"),
        pytest.param("actors: [Russia, China, Japan]", {()}, id="the rule"),
        pytest.param(
            "actors: [Russia, China, Japan]\ngroup_by: actor", {("state/CN",), ("state/RU",)}, id="the rule's actors"
        ),
        pytest.param("topics: [diplomacy]\ngroup_by: topic", {("diplomacy",)}, id="the rule's topics"),
        pytest.param(
            "actors: [Iraq]\ngroup_by: pair",
            {("state/CN", "state/IQ"), ("state/IQ", "state/IR"), ("state/IQ", "state/RU")},
            id="every pair with an actor",
        ),
        pytest.param("actors: [Iraq]\ngroup_by: pair\nwithin: sentence", {("state/IQ", "state/IR")}, id="close enough"),
        pytest.param("actors: [Iraq]\ngroup_by: source", {("the-source",)}, id="source"),
        pytest.param("actors: [Iraq]\ngroup_by: language", {("en",)}, id="language"),
    ],
)
def test_a_rule_fits_once_for_each_group(rule: str, groups: set[tuple[str, ...]], fits: Fits) -> None:
    article = make_article(
        body="Russia and China held a summit, their leaders said. Iran and Iraq stayed away.", source="The-Source"
    )
    found = fits(rule, article)
    assert len(found) == len(groups)
    assert {fit.group for fit in found} == groups


@pytest.mark.parametrize("by", ["source", "language"])
def test_what_is_not_known_is_no_group(by: str, fits: Fits) -> None:
    assert fits(f"actors: [Russia]\ngroup_by: {by}", make_article(body="Russia", source="", lang="und")) == []


def test_a_fit_tells_by_what(fits: Fits) -> None:
    article = make_article(body="Russia and Iran signed a trade agreement on tariffs. A joint military drill began.")
    (fit,) = fits("actors: [Iran, Japan]\ntopics: [economy]", article)
    assert (fit.actors, set(fit.topics)) == (("state/IR",), {"economy", "trade"})
    (fit,) = fits("pair: [Iran, Russia]", article)
    assert (fit.actors, set(fit.topics) > {"economy", "trade"}) == (("state/IR", "state/RU"), True)


@pytest.mark.parametrize(
    ("least", "groups"),
    [
        pytest.param(0.0, {("trade",), ("diplomacy",)}, id="any score"),
        pytest.param(0.8, {("trade",)}, id="a high one"),
    ],
)
def test_topics_below_the_score_make_no_group(least: float, groups: set[tuple[str, ...]], fits: Fits) -> None:
    article = make_article(body="Iran signed a trade agreement on tariffs and exports. Foreign ministers held talks.")
    rule = f"topics: {{any: [trade, diplomacy], min_score: {least}}}\ngroup_by: topic"
    assert {fit.group for fit in fits(rule, article)} == groups
