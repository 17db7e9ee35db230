"""States in Chinese sentences."""

import pytest

from processors.tagging import Tagger
from tests.processors.languages.reading import states_in


@pytest.mark.parametrize(
    ("body", "found"),
    [
        pytest.param("中美两国举行会谈", {"CN", "US"}, id="two letters name two states"),
        pytest.param("俄方称乌军无人机被击落", {"RU", "UA"}, id="letters before a noun"),
        pytest.param("总统访华后发表声明", {"CN"}, id="a letter behind a verb"),
        pytest.param("法、意、日等国", {"FR", "IT", "JP"}, id="letters in a row"),
        pytest.param("其中美国最多", {"US"}, id="a letter of another word before a name"),
        pytest.param("8日美国总统表示", {"US"}, id="a date before a name"),
        pytest.param("他可以方便地出行", set(), id="letters across two words"),
        pytest.param("发展中国家的代表在内蒙古", set(), id="names inside words of nobody"),
        pytest.param("许多哥伦比亚人抵达俄亥俄州", {"CO"}, id="a name across two words"),
        pytest.param("寮國與紐西蘭、沙烏地阿拉伯", {"LA", "NZ", "SA"}, id="names of Taiwan"),
        pytest.param("中华台北队与中国香港队", {"TW", "HK"}, id="names of teams"),
        pytest.param("前苏联与东德", {"RU", "DE"}, id="former states"),
    ],
)
def test_a_sentence_names_its_states(body: str, found: set[str], tagger: Tagger) -> None:
    assert states_in(tagger, body, "zh") == found
