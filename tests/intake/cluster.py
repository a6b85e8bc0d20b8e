"""A real Dask cluster on this machine: a scheduler and its workers, each a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.paths import ROOT


@dataclass
class DaskCluster:
    """Processes of ``dask scheduler`` and ``dask worker`` that a test may kill."""

    folder: Path
    scheduler: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where the scheduler listens."""
        return str(json.loads((self.folder / "scheduler.json").read_text())["address"])

    def start(self, workers: int, *, nanny: bool = False, **environment: str) -> None:
        """Start the scheduler and so many workers of one thread each."""
        where = self.folder / "scheduler.json"
        self.scheduler = self._begin("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", where)
        deadline = time.monotonic() + 60
        while not where.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        for _ in range(workers):
            self.add_worker(nanny=nanny, **environment)

    def add_worker(self, *, nanny: bool = False, **environment: str) -> None:
        """Start one worker more."""
        words = ("--scheduler-file", self.folder / "scheduler.json", "--nthreads", "1", "--no-dashboard")
        guard = "--nanny" if nanny else "--no-nanny"
        self.workers.append(self._begin("dask_worker", *words, guard, **environment))

    def _begin(self, name: str, *words: str | Path, **environment: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}-{len(self.workers)}.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{name}", *map(str, words)],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )

    def end(self) -> None:
        """Kill what is left."""
        for process in (*self.workers, self.scheduler):
            if process is not None:
                process.kill()
                process.wait()


@contextlib.contextmanager
def cluster(folder: Path, workers: int = 2, **how: object) -> Iterator[DaskCluster]:
    """A cluster for as long as a test needs it."""
    made = DaskCluster(folder)
    try:
        made.start(workers, **how)  # type: ignore[arg-type]
        yield made
    finally:
        made.end()
