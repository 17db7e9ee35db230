"""Whose process is whose."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from processors.errors import ServiceError
from streams.local.health import await_well, check_room
from streams.local.ports import choose_ports
from streams.local.process import Launch, Started, birth, destroy, end, replace_file, spawn, tail
from streams.local.record import Record


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        yield process
        process.kill()


def started(pid: int | None, born: float, log: str = "") -> Started:
    return Started(pid=pid, born=born, ports=[1], address="", log=log)


def test_a_stranger_that_got_the_process_id_is_left_alone(stranger: subprocess.Popen[bytes]) -> None:
    born = birth(psutil.Process(stranger.pid))
    ours = started(stranger.pid, born - 60)
    assert ours.process is None
    assert end(ours)
    destroy(ours)
    assert stranger.poll() is None
    assert started(stranger.pid, born).process is not None


def test_a_server_that_ends_while_starting_is_told_with_the_end_of_its_log(tmp_path: Path) -> None:
    log = tmp_path / "redis.log"
    failing = [sys.executable, "-c", "print('port is taken')"]
    pid, born = spawn(Launch("redis", failing, tmp_path, 1, lambda _: None), log)
    with pytest.raises(ServiceError, match="ended while it was starting") as raised:
        await_well("redis", started(pid, born, str(log)))
    assert str(log) in str(raised.value)
    assert "  port is taken" in str(raised.value)


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="no-such-server: No such file"):
        spawn(Launch("redis", ["/no-such-server"], tmp_path, 1, lambda _: None), tmp_path / "log")


def test_a_folder_has_one_server_even_when_the_record_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streams.local.claim.CLAIM_SECONDS", 0.0)
    sleeper = Launch("redis", [sys.executable, "-c", "import time; time.sleep(60)"], tmp_path, 1, lambda _: None)
    pid, born = spawn(sleeper, tmp_path / "log")
    with pytest.raises(ServiceError, match=f"process {pid} already runs there"):
        spawn(sleeper, tmp_path / "log")
    destroy(started(pid, born))
    pid, born = spawn(sleeper, tmp_path / "log")
    destroy(started(pid, born))


def test_ports_stay_when_free_and_move_when_taken() -> None:
    import socket

    first = choose_ports([], 2)
    assert choose_ports(first, 2) == first
    with socket.create_server(("127.0.0.1", first[0])):
        moved = choose_ports(first, 2)
    assert moved[0] != first[0]
    assert moved[1] == first[1]


@pytest.mark.parametrize(
    ("name", "needed", "told"),
    [
        pytest.param("NEEDED_MEMORY", {"redis": 1 << 60}, "of memory", id="memory"),
        pytest.param("NEEDED_DISK", 1 << 60, "MARSAD_HOME", id="disk"),
    ],
)
def test_too_little_room_is_told_before_anything_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, needed: object, told: str
) -> None:
    monkeypatch.setattr(f"streams.local.health.{name}", needed)
    with pytest.raises(ServiceError, match=told):
        check_room(["redis"], tmp_path)


def test_a_spoilt_record_is_named(tmp_path: Path) -> None:
    replace_file(tmp_path / "services.json", b"{")
    with pytest.raises(ServiceError, match=r"services\.json: cannot be read"):
        Record(tmp_path).read()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    told = pytest.raises(ServiceError, match="file/local: Not a directory")
    with told, Record(tmp_path / "file" / "local").alone(lambda _: None):
        pass


def test_the_end_of_a_log_is_its_last_lines(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("".join(f"line {number}\n" for number in range(5000)))
    assert tail(log).splitlines()[-1] == "  line 4999"
    assert len(tail(log).splitlines()) == 12
