"""The crash test in short: one fault of each kind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

WITHIN = 240


@pytest.mark.timeout(300)
def test_nothing_is_lost_or_counted_twice_while_workers_and_servers_are_killed_and_paused(tmp_path: Path) -> None:
    said = tmp_path / "said.txt"
    command = [
        sys.executable,
        "-m",
        "tests.crash",
        "--articles=2000",
        "--seed=206",
        "--seconds=25",
        "--each-fault-once",
    ]
    with said.open("wb") as output:
        test = subprocess.Popen(command, env=os.environ | {"TMPDIR": str(tmp_path)}, stdout=output, stderr=output)
        try:
            status = test.wait(WITHIN)
        finally:
            test.terminate()  # when it is not over, it ends what it started
            test.wait()
    assert status == 0, said.read_text("utf-8")
