"""Compile the catalogue in every language into MARSAD_HOME, when the image is built."""

from processors.aliases import ANY
from processors.languages import LANGUAGES
from streams.settings import Settings
from streams.wiring import load_tagger

if __name__ == "__main__":
    compiled = load_tagger(Settings.load()).compiled
    for lang in (ANY, *LANGUAGES):
        compiled.lexicon(lang)
