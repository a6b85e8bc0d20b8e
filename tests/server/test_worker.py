"""The import worker beside the server: started again when it falls, gone when the server is, however that went."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from loadmon.server import worker as module
from loadmon.server.worker import Worker
from loadmon.settings import read_settings

UNTIL_STDIN_CLOSES = ("-c", "import sys; sys.stdin.buffer.read()")
DEAF = ("-c", "import time; time.sleep(600)")


def _soon(true: Callable[[], bool], within_s: float = 15.0) -> bool:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.05)
    return False


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


def test_it_ends_when_its_input_closes() -> None:
    worker = Worker(read_settings(), UNTIL_STDIN_CLOSES)
    worker.start()
    assert worker.alive
    worker.stop(patience_s=120.0)
    assert not worker.alive
    assert worker.starts == 1
    assert worker._process is not None
    assert worker._process.returncode == 0, "it ended by itself; nobody had to end it"


def test_one_that_does_not_listen_is_ended() -> None:
    worker = Worker(read_settings(), DEAF)
    worker.start()
    worker.stop(patience_s=0.2)
    assert not worker.alive


def test_one_that_falls_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE_S", 0.05)
    worker = Worker(read_settings(), UNTIL_STDIN_CLOSES)
    worker.start()
    first = worker.pid
    assert first is not None
    os.kill(first, 9)
    try:
        assert _soon(lambda: worker.starts == 2 and worker.alive)
        assert worker.pid != first
    finally:
        worker.stop()


def test_it_sees_the_server_s_settings_and_one_thread(tmp_path: Path) -> None:
    told = tmp_path / "told.txt"
    code = f"import os; open({str(told)!r}, 'w').write(os.environ['LOADMON_HOME'] + os.environ['OMP_NUM_THREADS'])"
    worker = Worker(read_settings(home=tmp_path / "elsewhere"), ("-c", code))
    worker.start()
    try:
        assert _soon(lambda: told.is_file() and told.read_text() == f"{tmp_path / 'elsewhere'}1")
    finally:
        worker.stop()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal 9")
def test_a_server_killed_without_warning_leaves_no_worker_behind(tmp_path: Path) -> None:
    told = tmp_path / "pid.txt"
    code = (
        "import time, pathlib\n"
        "from loadmon.server.worker import Worker\n"
        "from loadmon.settings import read_settings\n"
        f"worker = Worker(read_settings(), {UNTIL_STDIN_CLOSES!r})\n"
        "worker.start()\n"
        f"pathlib.Path({str(told)!r}).write_text(str(worker.pid))\n"
        "time.sleep(600)\n"
    )
    server = subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).resolve().parents[2])
    try:
        assert _soon(lambda: told.is_file() and told.read_text() != "")
        pid = int(told.read_text())
        assert _lives(pid)
    finally:
        server.kill()
        server.wait()
    assert _soon(lambda: not _lives(pid))
