"""How fast files become stored sessions, against fitparse merely decoding them one after another.

    python -m tests.bench.import_rate [FOLDER] [--files 60] [--workers 2]
    python -m tests.bench.import_rate FOLDER --whole [--sample 60] [--workers 2]

Without a folder it reads the sample squad. The first way takes some FIT files and measures single steps: reading, and a whole
import of these files. The second is the one that counts: a real ``loadmon import FOLDER``, every file of whatever kind, from
starting the command to its end, facts and all; and fitparse over every FIT file among them, one after another, in the same
run. ``WANTED`` is how many times quicker the import has to be; ends in 1 if it is not.

On a busy machine no clock tells the truth. So processor time is printed beside: what fitparse took, and what all processes of
the import took together, which is what its time would be on one processor that nobody else wants. With ``--sample`` fitparse
reads only so many of the files, taken by chance, and its time is scaled by their bytes: for trying things out.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fitparse import FitFile

from loadmon.demo import files, story_day
from loadmon.intake.commit import import_plan
from loadmon.intake.decode import decode
from loadmon.intake.plan import plan
from loadmon.readers.archive import members
from loadmon.store import open_store
from tests.bench.import_memory import family
from tests.paths import ROOT

WANTED = 25.0
EVERY_S = 0.02


@dataclass
class Spent:
    """Seconds by the clock and of processors."""

    wall: float
    cpu: float
    said: str = ""


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path, nargs="?")
    asked.add_argument("--files", type=int, default=60)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--whole", action="store_true", help="A real command over the whole folder.")
    asked.add_argument("--sample", type=int, help="With --whole: FIT files that fitparse reads.")
    given = asked.parse_args()
    if given.whole:
        if given.folder is None:
            asked.error("--whole needs a folder")
        sys.exit(0 if whole(given.folder, given.workers, given.sample) >= WANTED else 1)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "files"
        chosen = _chosen(given.folder, given.files)
        for place, data in enumerate(chosen):
            target = folder / f"Runner {place % 8}" / f"{place}.fit"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        ours, theirs, refused = _one_by_one(chosen)
        print(f"{len(chosen)} FIT files, {sum(map(len, chosen)) / 1e6:.1f} MB; fitparse refuses {refused} of them")
        print(f"fitparse, every message: {sum(theirs):.1f} s CPU, {len(theirs) / sum(theirs):.1f} files/s on one core")
        print(f"loadmon, read + facts + packed: {sum(ours):.1f} s CPU, {len(ours) / sum(ours):.1f} files/s on one core")
        ratios = [b / a for a, b in zip(ours, theirs, strict=True)]
        print(f"ratio: {sum(theirs) / sum(ours):.1f} by total time, {statistics.median(ratios):.1f} median of files")
        began = time.perf_counter()
        store = open_store(None, Path(scratch) / "home")
        done = import_plan(store, plan([folder]), what="bench", workers=f"process://{given.workers}")
        wall = time.perf_counter() - began
        store.close()
        print(
            f"whole import, {given.workers} processes, from nothing: {done.sessions} sessions in {wall:.1f} s, "
            f"{len(chosen) / wall:.1f} files/s, {sum(theirs) / wall:.1f} x fitparse one after another"
        )


def whole(folder: Path, workers: int, sample: int | None) -> float:
    """Import a folder by the command and decode its FIT files with fitparse; how many times quicker the import is."""
    half = imported(folder, workers)
    theirs = fitparsed(folder, sample)
    again = imported(folder, workers)  # before and after: the machine may have become busier meanwhile
    for ours in (half, again):
        print(f"loadmon import, {workers} workers: {ours.wall:.1f} s, {ours.cpu:.1f} s of processors. {ours.said}")
    print(f"fitparse, one after another: {theirs.wall:.1f} s, {theirs.cpu:.1f} s of a processor. {theirs.said}")
    wall, cpu = (half.wall + again.wall) / 2, (half.cpu + again.cpu) / 2
    print(
        f"{theirs.wall / wall:.1f} times quicker by the clock; {theirs.cpu / cpu:.1f} by processor time, so "
        f"{theirs.cpu / cpu * min(workers, os.cpu_count() or 1):.0f} where each worker has a processor to itself"
    )
    return theirs.wall / wall


def imported(folder: Path, workers: int) -> Spent:
    """A whole import by the command, into a store that is not there yet."""
    with tempfile.TemporaryDirectory() as home:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("LOADMON_")} | {"LOADMON_HOME": home}
        began = time.perf_counter()
        running = subprocess.Popen(
            [sys.executable, "-m", "loadmon", "import", str(folder), "--workers", str(workers)],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        spent: dict[int, float] = {}
        while running.poll() is None:
            for pid in family(running.pid):
                spent[pid] = max(spent.get(pid, 0.0), _processor_s(pid))
            time.sleep(EVERY_S)
        wall = time.perf_counter() - began
        said = running.communicate()[0].strip().splitlines()[0]
    return Spent(wall, sum(spent.values()), said)


def fitparsed(folder: Path, sample: int | None) -> Spent:
    """fitparse over the FIT files of a folder, every message of each."""
    every = [data for member in members(folder) if (data := _fit(member.read)) is not None]
    chosen = every if sample is None else random.Random(7).sample(every, min(sample, len(every)))
    refused, wall, cpu = 0, time.perf_counter(), time.process_time()
    for data in chosen:
        try:
            for message in FitFile(data).get_messages():
                message.get_values()
        except Exception:  # noqa: BLE001  whatever the peer raises, it did not read the file
            refused += 1
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    share = sum(map(len, chosen)) / sum(map(len, every))
    scaled = "" if sample is None else f", scaled from {len(chosen)}"
    return Spent(wall / share, cpu / share, f"{len(every)} FIT files{scaled}; it refuses {refused}.")


def _fit(read: object) -> bytes | None:
    with contextlib.suppress(Exception):
        data: bytes = read()  # type: ignore[operator]
        return data if data[8:12] == b".FIT" else None
    return None


def _processor_s(pid: int) -> float:
    """Seconds of processor that a process has had so far; 0 if it is gone."""
    with contextlib.suppress(OSError):
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _chosen(folder: Path | None, most: int) -> list[bytes]:
    """FIT files, the same ones each time."""
    if folder is None:
        found = [f.data for f in files(story_day(datetime.now(UTC))) if f.path.endswith(".fit")]
    else:
        found = [m.read() for m in members(folder) if m.name.lower().endswith(".fit")]
    found = [data for data in found if data[8:12] == b".FIT"]
    random.Random(20261122).shuffle(found)
    return found[:most]


def _one_by_one(chosen: list[bytes]) -> tuple[list[float], list[float], int]:
    """CPU seconds a file for us and for fitparse, in turn; files that fitparse refuses count for neither."""
    ours, theirs, refused = [], [], 0
    decode(chosen[0], "warm-up.fit", None)
    for data in chosen:
        began = time.process_time()
        decode(data, "bench.fit", None)
        mine = time.process_time() - began
        began = time.process_time()
        try:
            for message in FitFile(data).get_messages():
                message.get_values()
        except Exception:  # noqa: BLE001  whatever the peer raises, it did not read the file
            refused += 1
            continue
        ours.append(mine)
        theirs.append(time.process_time() - began)
    return ours, theirs, refused


if __name__ == "__main__":
    main()
