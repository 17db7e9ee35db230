"""States in Korean sentences."""

import pytest

from processors.tagging import Tagger
from tests.processors.languages.reading import states_in


@pytest.mark.parametrize(
    ("body", "found"),
    [
        pytest.param("한국영화와 미국팀", {"KR", "US"}, id="a noun written together with a name"),
        pytest.param("싱가포르에서의 회담, 러시아로부터", {"SG", "RU"}, id="particles"),
        pytest.param("대이란 제재와 반중국 정서", {"IR", "CN"}, id="a prefix"),
        pytest.param("美국무부, 北미사일 규탄", {"US", "KP"}, id="Chinese characters in a headline"),
        pytest.param("美術館과 北村 한옥", set(), id="Chinese characters of other words"),
        pytest.param("한미 정상회담과 남북 대화", {"KR", "US", "KP"}, id="compounds of letters"),
        pytest.param("러닝 타임이 길다", set(), id="a letter that begins another word"),
        pytest.param("신병을 인도받다. 오만하게 굴었다", set(), id="verbs that look like names"),
        pytest.param("인도영화 속 이란인", {"IN", "IR"}, id="names that look like verbs"),
        pytest.param("구소련과 서독", {"RU", "DE"}, id="former states"),
    ],
)
def test_a_sentence_names_its_states(body: str, found: set[str], tagger: Tagger) -> None:
    assert states_in(tagger, body, "ko") == found
