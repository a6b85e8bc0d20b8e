"""The import worker that belongs to a server: a child process that is started, kept alive and ended with it."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time

from loadmon.paths import import_root
from loadmon.settings import Settings

LOG = logging.getLogger("loadmon.server")

COMMAND = ("-m", "loadmon", "worker", "--follow-stdin")
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
STEADY_S = 60.0
"""A worker that lived this long had started well: the next pause after its end is the shortest again."""


class Worker:
    """Keeps one import worker running beside the server.

    The worker ends by itself when its standard input closes, which also happens when this process is killed without
    a chance to say so: no orphan is left. A worker that ends early is started again, after pauses that double.

    Parameters
    ----------
    settings : Settings
        Handed on to the worker through its environment.
    command : tuple of str
        Arguments for the Python interpreter; only tests give another.
    """

    def __init__(self, settings: Settings, command: tuple[str, ...] = COMMAND) -> None:
        self._settings = settings
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._keeper = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)
        self.starts = 0

    @property
    def alive(self) -> bool:
        """True while the worker process runs."""
        process = self._process
        return process is not None and process.poll() is None

    @property
    def pid(self) -> int | None:
        """The operating system's number of the worker process, None before the first start."""
        return None if self._process is None else self._process.pid

    def start(self) -> None:
        """Start the worker and the thread that keeps it running."""
        self._launch()
        self._keeper.start()

    def stop(self, patience_s: float = 10.0) -> None:
        """Close the worker's input and wait for it to finish what it holds; ask, then end it, if it does not."""
        with self._lock:  # no start slips in between
            self._stopping.set()
            process = self._process
        if process is not None:
            if process.stdin is not None:
                process.stdin.close()
            for end in (process.terminate, process.kill):
                try:
                    process.wait(patience_s)
                    break
                except subprocess.TimeoutExpired:
                    LOG.warning("the import worker did not stop in %.0f s", patience_s)
                    end()
            process.wait()
        if self._keeper.is_alive():
            self._keeper.join()

    def _launch(self) -> None:
        environment = {
            **os.environ,
            **self._settings.environment(),
            # More threads than processors make the libraries slower, not faster: processes share the work here.
            "OMP_NUM_THREADS": "1",
            "PYTHONPATH": os.pathsep.join(filter(None, (str(import_root()), os.environ.get("PYTHONPATH")))),
        }
        with self._lock:
            if self._stopping.is_set():
                return
            self._process = subprocess.Popen(
                [sys.executable, *self._command],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                env=environment,
            )
            self.starts += 1

    def _keep(self) -> None:
        pause = FIRST_PAUSE_S
        while not self._stopping.is_set():
            process, began = self._process, time.monotonic()
            if process is None:
                return
            code = process.wait()
            if self._stopping.is_set():
                return
            pause = FIRST_PAUSE_S if time.monotonic() - began > STEADY_S else min(pause * 2, LONGEST_PAUSE_S)
            LOG.error("the import worker ended with code %s; starting it again in %.1f s", code, pause)
            if process.stdin is not None:
                process.stdin.close()
            if self._stopping.wait(pause):
                return
            self._launch()
