"""A PostgreSQL of the tests' own: the one given, else a throw-away cluster from the machine's server binaries."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

GIVEN = "LOADMON_TEST_PG_URL"


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The URL of a server on which databases may be made; the test skips with a reason where there is none."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'loadmon[postgres]'")
    if given := os.environ.get(GIVEN):
        yield given
        return
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[-3]))
    found = binaries[-1] if binaries else shutil.which("postgres")
    if not found:
        pytest.skip(f"no PostgreSQL here: set {GIVEN}, or install the package postgresql")
    with _cluster(Path(found).parent) as url:
        yield url


@contextlib.contextmanager
def stoppable() -> Iterator[Cluster]:
    """A server of one test's own, which may be stopped and started; the test skips where it cannot be had."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'loadmon[postgres]'")
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[-3]))
    if not binaries:
        pytest.skip("no PostgreSQL here whose server a test may stop: install the package postgresql")
    with _made(binaries[-1].parent) as cluster:
        yield cluster


class Cluster:
    """A throw-away server on a socket of its own."""

    def __init__(self, binaries: Path, folder: Path, lower: list[str]) -> None:
        self.url = f"postgresql+psycopg://loadmon@/postgres?host={folder}"
        self._binaries, self._folder, self._lower = binaries, folder, lower
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        options = ["-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=60", "-k", str(self._folder)]
        command = [*self._lower, str(self._binaries / "postgres"), "-D", str(self._folder / "data"), *options]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self._folder)
        _wait_until_ready(self._binaries, self._folder, self._process)

    def stop(self) -> None:
        """PostgreSQL's "fast" shutdown: whoever is connected is thrown out."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(20)
            self._process = None


@contextlib.contextmanager
def _cluster(binaries: Path) -> Iterator[str]:
    with _made(binaries) as cluster:
        yield cluster.url


@contextlib.contextmanager
def _made(binaries: Path) -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="lm-pg-", dir="/tmp"))  # a socket's path may have 107 letters at most
    lower = _unprivileged(folder)
    cluster = Cluster(binaries, folder, lower)
    who = ["-U", "loadmon", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
    try:
        _run([*lower, str(binaries / "initdb"), "-D", str(folder / "data"), *who])
        try:
            cluster.start()
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> list[str]:
    """PostgreSQL refuses root: the words that start a program as somebody without rights, if we are root."""
    if os.geteuid() != 0:
        return []
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    if setpriv := shutil.which("setpriv"):
        return [setpriv, f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
    pytest.skip("the tests run as root, which PostgreSQL refuses, and there is no setpriv to step down")


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    if done.returncode:
        pytest.skip(f"a PostgreSQL cluster could not be made: {done.stderr.strip()[-200:]}")


def _wait_until_ready(binaries: Path, folder: Path, process: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        ready = subprocess.run([str(binaries / "pg_isready"), "-h", str(folder)], capture_output=True, check=False)
        if ready.returncode == 0:
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    pytest.skip(f"PostgreSQL did not start: {(folder / 'log').read_text()[-300:]}")
