"""Small catalogues written for a test."""

from pathlib import Path
from textwrap import dedent

from processors.compiled import CompiledCatalogue
from processors.tagging import Tagger


def make_compiled(folder: Path, **files: str) -> CompiledCatalogue:
    """Return a catalogue of the files given by name, without their `.yaml`."""
    place = folder / "catalogue"
    place.mkdir(exist_ok=True)
    for name, content in files.items():
        (place / f"{name}.yaml").write_text(dedent(content), "utf-8")
    return CompiledCatalogue([place], folder / "compiled")


def make_tagger(folder: Path, **files: str) -> Tagger:
    """Return a tagger with the catalogue of the files given by name."""
    return Tagger(make_compiled(folder, **files))
