"""How many files a second come into the store, beside what other projects' importers manage in the same run.

    python -m tests.bench.peers_import FOLDER [--files 24] [--seed 7] [--turns 3]
        [--copies 10] [--garmindb PYTHON] [--fittrackee PYTHON]

FOLDER holds real FIT files; the same ones are drawn each time. PYTHON is the interpreter of an environment of the peer's
own (``python -m venv x; x/bin/pip install garmindb``), never of ours. FitTrackee needs PostgreSQL with PostGIS (Debian:
postgresql-15-postgis-3); a throw-away server is started for it.

The peers import file by file, in turn, in one warm process each; loadmon takes the whole sample in, in turn with them, into
a new store each time: in this one process (which is as warm as theirs), and with two. Start-up counts for nobody: with two
processes the clock begins when the first file of all, a small made one, is done, and the sample is taken in in so many
copies, each of other runners and with other bytes, as a few files are done before a second process has started. Every figure is of whole imports: decoded,
facts worked out, committed, the original kept. Files that a peer refuses count neither for it nor for us. On a busy
machine processor seconds compare better than seconds; both are printed.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import os
import random
import resource
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from loadmon.intake.commit import import_plan
from loadmon.intake.decode import decode
from loadmon.intake.onlooker import Onlooker
from loadmon.intake.plan import plan
from loadmon.intake.progress import Progress
from loadmon.readers.fit_crc import crc16
from loadmon.store import open_store
from loadmon.store.imports import Outcome
from tests.intake import made
from tests.paths import ROOT
from tests.store import postgres

WANTED = {"GarminDB": 100.0, "FitTrackee": 40.0}


@dataclass
class Spent:
    """Files and what they cost."""

    files: int = 0
    cpu_s: float = 0.0
    wall_s: float = 0.0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Files a second, by processor time and by the clock."""
        if not self.files:
            return f"no file imported; {self.faults[:1]}"
        by_cpu, by_clock = self.files / max(self.cpu_s, 1e-9), self.files / max(self.wall_s, 1e-9)
        return (
            f"{self.files} files, {self.cpu_s:.2f} s CPU, {self.wall_s:.2f} s: "
            f"{by_cpu:.2f} files/s of processor time, {by_clock:.2f} files/s by the clock"
        )

    @property
    def rates(self) -> tuple[float, float]:
        """Files a second of processor time, and by the clock."""
        return self.files / max(self.cpu_s, 1e-9), self.files / max(self.wall_s, 1e-9)


class Peer:
    """Another importer in a process of its own: one path in, one line of figures out."""

    def __init__(self, name: str, python: Path, script: str, **environment: str) -> None:
        self.name, self.spent = name, Spent()
        self._process = subprocess.Popen(
            [python, ROOT / "tests" / "bench" / script],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env={**os.environ, **environment}, cwd="/",
        )  # fmt: skip
        self._answer()

    def takes(self, path: Path) -> bool:
        """Let it import one file; False if it refused it."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        told = self._answer()
        if told["fault"]:
            self.spent.faults.append(f"{path.name}: {told['fault']}")
            return False
        self.spent.files += 1
        self.spent.cpu_s += told["cpu"]
        self.spent.wall_s += told["wall"]
        return True

    def end(self) -> None:
        """Let it go."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def _answer(self) -> dict[str, object]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} ended with {self._process.wait()}")
        answer: dict[str, object] = json.loads(line)
        return answer


class FromTheFirst(Onlooker):
    """Takes the time from the moment at which the first file is done."""

    def __init__(self) -> None:
        self.began: float | None = None

    def tell(self, progress: Progress) -> None:
        if self.began is None and progress.done:
            self.began = time.perf_counter()


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--files", type=int, default=24)
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--turns", type=int, default=3)
    asked.add_argument("--copies", type=int, default=10)
    asked.add_argument("--garmindb", type=Path)
    asked.add_argument("--fittrackee", type=Path)
    given = asked.parse_args()
    found = sorted(given.folder.rglob("*.fit"))
    random.Random(given.seed).shuffle(found)
    with contextlib.ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        sample = _laid(scratch, itertools.islice((path for path in found if _is_a_run(path)), given.files))
        peers = list(stack.enter_context(_peers(given.garmindb, given.fittrackee)))
        alone, both = Spent(), Spent()
        _ours(scratch, sample[:3], "serial://")  # everything is loaded
        turns = max(1, min(given.turns, len(sample)))
        refused: set[Path] = set()
        for turn in range(turns):
            for path in sample[turn::turns]:
                refused |= {path for peer in peers if not peer.takes(path)}
            _add(alone, _ours(scratch, sample, "serial://"))
            _add(both, _ours(scratch, sample, "process://2", given.copies))
        for peer in peers:
            peer.end()
        size = sum(path.stat().st_size for path in sample) / 1e6
        print(f"{len(sample)} FIT files, {size:.1f} MB, {turns} turns; refused by a peer: {len(refused)}")
        for peer in peers:
            print(f"{peer.name}: {peer.spent}")
        print(f"loadmon, one process: {alone}")
        print(f"loadmon, two processes: {both}")
        for peer in peers:
            by_cpu, by_clock = peer.spent.rates
            print(
                f"loadmon / {peer.name} (wanted: {WANTED[peer.name]:.0f}): {alone.rates[0] / by_cpu:.0f} x a second of "
                f"processor time; by the clock {alone.rates[1] / by_clock:.0f} x with one process, "
                f"{both.rates[1] / by_clock:.0f} x with two"
            )


def _is_a_run(path: Path) -> bool:
    """True for one whole FIT file that holds a run."""
    data = path.read_bytes()
    whole = data[:1] == b"\x0e" and data[8:12] == b".FIT" and int.from_bytes(data[4:8], "little") + 16 == len(data)
    return whole and "run" in (decode(data, path.name, None).sport or "")


def _laid(scratch: Path, chosen: Iterable[Path]) -> list[Path]:
    """The sample under names that every importer takes: GarminDB knows an activity by the number in its file's name."""
    laid = []
    for place, path in enumerate(chosen):
        target = scratch / "sample" / f"Runner {place % 8}" / f"{1_000 + place}_ACTIVITY.fit"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
        laid.append(target)
    return laid


@contextlib.contextmanager
def _peers(garmindb: Path | None, fittrackee: Path | None) -> Iterator[list[Peer]]:
    with contextlib.ExitStack() as stack:
        found = []
        if garmindb:
            found.append(Peer("GarminDB", garmindb, "peer_garmindb.py"))
        if fittrackee:
            try:
                url = stack.enter_context(postgres.server())
            except pytest.skip.Exception as why:
                print(f"FitTrackee: not measured, {why}")
            else:
                place = url.replace("postgresql+psycopg", "postgresql")
                found.append(Peer("FitTrackee", fittrackee, "peer_fittrackee.py", DATABASE_TEST_URL=place))
        yield found


def _ours(scratch: Path, sample: list[Path], workers: str, copies: int = 1) -> Spent:
    """A whole import of so many copies of the sample into a new store."""
    with tempfile.TemporaryDirectory(dir=scratch) as place:
        given = Path(place) / "given"
        made.lay(given, {"A first/0.fit": made.fit(0)})
        for copy in range(copies):
            runs = {f"{path.parent.name} {copy}/{path.name}": _otherwise(path.read_bytes(), copy) for path in sample}
            made.lay(given, runs)
        store = open_store(None, Path(place) / "home")
        offered = plan([given])
        onlooker = FromTheFirst()
        cpu = _processor_s()
        done = import_plan(store, offered, what="bench", workers=workers, onlooker=onlooker)
        ended = time.perf_counter()
        spent = _processor_s() - cpu
        store.close()
        assert onlooker.began is not None
        files = copies * len(sample)
        if done.count(Outcome.IMPORTED) != files + 1:
            raise RuntimeError(f"not every file of the sample came in: {done.outcomes}")
        return Spent(files, spent, ended - onlooker.began)


def _otherwise(data: bytes, copy: int) -> bytes:
    """The same recording in other bytes: another version of the profile in its header, and the checksum that belongs to it."""
    if not copy:
        return data
    body = data[:2] + struct.pack("<H", 2_000 + copy) + data[4:12] + b"\0\0" + data[14:-2]
    return body + struct.pack("<H", crc16(body))


def _processor_s() -> float:
    """Processor seconds of this process and of all that it started and that ended."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, kinds))


def _add(total: Spent, some: Spent) -> None:
    total.files += some.files
    total.cpu_s += some.cpu_s
    total.wall_s += some.wall_s


if __name__ == "__main__":
    main()
