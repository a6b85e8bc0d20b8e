"""A loadmon server of a test's own: its own empty home, its own port, stopped at the end."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.paths import ROOT

START_S = 60.0


@dataclass(frozen=True)
class Served:
    """A server that answers: where, with which home, and its log."""

    url: str
    home: Path
    log: Path
    process: subprocess.Popen[bytes]


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path, port: int) -> dict[str, str]:
    """The caller's environment without its settings, with a home of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LOADMON_", "STREAMLIT_"))}
    settings = home.parent / f"{home.name}-settings.toml"
    settings.touch()
    return {
        **kept,
        "LOADMON_HOME": str(home),
        "LOADMON_CONFIG": str(settings),
        "LOADMON_PORT": str(port),
        "LOADMON_WORKERS": "1",
        "PYTHONPATH": str(ROOT),
        "CI": "true",
    }


@contextmanager
def served(home: Path, *command: str, port: int | None = None, folder: Path = ROOT) -> Iterator[Served]:
    """Start a server and yield it once it answers.

    Parameters
    ----------
    home : Path
        Where its data go.
    command : str
        What is run after the interpreter; by default ``-m loadmon serve --no-browser``. ``{port}`` stands for the port.
    """
    port = port or free_port()
    log = home.parent / f"{home.name}-server.log"
    given = command or ("-m", "loadmon", "serve", "--no-browser")
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, *(part.format(port=port) for part in given)],
            cwd=folder,
            env=environment(home, port),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, process, log)
        yield Served(url, home, log, process)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5) as answer:
                if b'"status":"ok"' in answer.read():
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.1)
    raise AssertionError(f"the server did not come up; its log:\n{log.read_text(errors='replace')[-4000:]}")
