"""Doing nothing: Marsad's own app, whose agent does nothing with a batch but acknowledge it."""

from collections.abc import Sequence

from streams.agents import monitor
from streams.driver.thread import Record
from streams.engine import create_app
from streams.settings import Settings
from streams.wiring import Services
from tests.bench.programs.tally import begin


def main() -> None:
    """Read everything, report, end; what is done is committed as ever."""
    settings, tally = Settings.load(), begin()

    async def nothing(batch: Sequence[Record], services: Services) -> None:  # noqa: ARG001 - as the agent calls it
        if tally.saw(len(batch)):
            tally.report_and_end()

    monitor.handle = nothing  # the app stays what it is, only the work is left out
    app = create_app(settings)
    app.conf.Worker(app, loglevel="WARNING", redirect_stdouts=False).execute_from_commandline()  # type: ignore[operator]  # a setting, not a type


if __name__ == "__main__":
    main()
