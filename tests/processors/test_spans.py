"""Every span, sliced from the original, is an alias up to the matching form."""

from hypothesis import given, settings
from hypothesis import strategies as st

from processors.languages import LANGUAGES
from processors.normalise import normalise
from processors.tagging import Tagger
from tests.makers import make_article

LETTERS = " \n\t.,-–'’İßаяأإىةـَّ\u200f\u200c한俄aA1"
NOISE = st.text(st.sampled_from(LETTERS) | st.characters(exclude_categories=["Cs"]), max_size=8)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_every_span_sliced_from_the_original_is_a_form_of_what_it_names(tagger: Tagger, data: st.DataObject) -> None:
    lang = data.draw(st.sampled_from(LANGUAGES))
    lexicon = tagger.compiled.lexicon(lang)
    written = [use.written for use in lexicon.uses if use.id]
    pieces = data.draw(st.lists(st.tuples(NOISE, st.sampled_from(written)), min_size=1, max_size=6))
    article = make_article(title="", body="".join(f"{noise}{alias}" for noise, alias in pieces), lang=lang)
    forms: dict[str, set[str]] = {}
    for form, sense in zip(lexicon.forms, lexicon.sense_of, strict=True):
        forms.setdefault(form, set()).update(lexicon.uses[number].id for number in lexicon.senses[sense].uses)
    for mention in tagger.tag(article).mentions:
        sliced = article.body[mention.start : mention.end]
        assert sliced == mention.text
        if mention.id in tagger.catalogue.actors:
            assert mention.id in forms.get(normalise(sliced).text, set()), (mention, article.body)
