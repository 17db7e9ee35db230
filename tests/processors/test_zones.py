"""Datelines, and what a source puts below its articles."""

import pytest

from processors.tagging import Tagger
from processors.zones import Zone, zones_of
from tests.makers import make_article


@pytest.mark.parametrize(
    ("body", "dateline"),
    [
        pytest.param("MOSCOW, Sept 12 (Reuters) - Talks began.", "MOSCOW, Sept 12 (Reuters) - ", id="English agency"),
        pytest.param("PARIS (AP) — Talks began.", "PARIS (AP) — ", id="English, short"),
        pytest.param("МОСКВА, 12 сентября. /ТАСС/. Начались", "МОСКВА, 12 сентября. /", id="Russian"),
        pytest.param("МОСКВА, 12 сен — РИА Новости. Начались", "МОСКВА, 12 сен — ", id="Russian, other agency"),
        pytest.param("موسكو (رويترز) - بدأت", "موسكو (رويترز) - ", id="Arabic"),
        pytest.param("新华社莫斯科9月12日电 会谈", "新华社莫斯科9月12日电", id="Chinese"),
        pytest.param("(서울=연합뉴스) 김 기자 = 회담", "(서울=연합뉴스)", id="Korean"),
        pytest.param("Talks began in Moscow on Sunday, the ministry said.", "", id="none"),
        pytest.param("Russia, China and Iran met.", "", id="a list of names is none"),
    ],
)
def test_a_dateline_is_a_zone_of_its_own(body: str, dateline: str) -> None:
    zones = zones_of("Title", " ", body)
    begin = {zone: start - len("Title ") for start, zone in zones}
    assert body[begin.get(Zone.DATELINE, 0) : begin[Zone.BODY]].strip() == dateline.strip()


@pytest.mark.parametrize(
    "line",
    [
        "Read also: Russia and Iran sign",
        "اقرأ أيضا: روسيا",
        "Читайте также: Россия",
        "延伸阅读：俄罗斯",
        "Reporting by A B in Moscow",
    ],
)
def test_what_else_there_is_to_read_is_boilerplate(line: str) -> None:
    body = f"Talks began.\n{line}\nThey went on."
    begin = body.index(line)
    assert zones_of("", "", body) == [
        (0, Zone.TITLE), (0, Zone.BODY), (begin, Zone.BOILERPLATE), (begin + len(line), Zone.BODY)
    ]  # fmt: skip


def test_a_dateline_alone_makes_no_pair(tagger: Tagger) -> None:
    tagged = tagger.tag(make_article(title="", body="MOSCOW, Sept 12 (Reuters) - North Korea launched a rocket."))
    assert [actor.id for actor in tagged.actors if not actor.score] == ["org/reuters", "state/RU"]
    assert tagged.actor_ids == {"state/KP"}
    assert tagged.pairs() == []
