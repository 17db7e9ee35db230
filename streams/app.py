"""The app for `faust -A streams.app worker`; the one module that does something when it is imported."""

from streams.engine import create_app
from streams.settings import Settings

app = create_app(Settings.load())
