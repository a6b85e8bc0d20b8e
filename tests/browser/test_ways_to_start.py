"""Three commands start the same product: health, pages, settings and the worker included."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.browser.server import served
from tests.paths import ROOT

WAYS = {
    "loadmon serve": ("-m", "loadmon", "serve", "--no-browser"),
    "streamlit run app.py": ("-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", "{port}"),
    "python app.py": (str(ROOT / "app.py"),),
}


def _health(url: str) -> tuple[int, dict[str, Any]]:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


@pytest.mark.parametrize("way", WAYS)
def test_it_starts_and_is_well(way: str, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with served(tmp_path / "home", *WAYS[way], folder=elsewhere) as server:
        status, answer = _health(server.url)
        assert status == 200
        assert answer["checks"] == {"database": "ok", "migrations": "ok", "worker": "ok"}
        assert (server.home / "loadmon.db").is_file(), "the settings in the environment were not followed"
        with urllib.request.urlopen(f"{server.url}/_stcore/host-config", timeout=10) as page:
            assert page.status == 200
    assert server.process.returncode in (0, -15)


def test_health_tells_when_the_database_is_gone(tmp_path: Path) -> None:
    with served(tmp_path / "home") as server:
        database = server.home / "loadmon.db"
        for path in [database, *server.home.glob("loadmon.db-*")]:
            path.unlink()
        deadline = time.monotonic() + 10
        while (found := _health(server.url))[0] == 200 and time.monotonic() < deadline:
            time.sleep(0.2)
        status, answer = found
        assert status == 503
        assert answer["status"] == "failing"
        assert answer["checks"]["database"] != "ok"


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="only Linux lists a process's children in /proc")
def test_a_killed_server_takes_its_real_worker_with_it(tmp_path: Path) -> None:
    with served(tmp_path / "home") as server:
        pid = server.process.pid
        children = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
        workers = [child for child in children if b"worker" in Path(f"/proc/{child}/cmdline").read_bytes()]
        assert len(workers) == 1
        server.process.kill()
        server.process.wait()
        deadline = time.monotonic() + 20
        while Path(f"/proc/{workers[0]}/cmdline").exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not Path(f"/proc/{workers[0]}/cmdline").exists(), "the worker outlived its server"
