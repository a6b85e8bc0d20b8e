"""How much memory an import takes, all its processes together, and whether that grows with the number of files.

    python -m tests.bench.import_memory [--files 1000 5000] [--workers 2] [--keep FOLDER] [--archive]

Makes sample files (one in ten an hour at a sample a second, the others a few minutes; all different), imports them by a real
``loadmon import`` and looks at the whole tree of processes twenty times a second: what each holds for itself, with what
several hold together counted once (the proportional set size, where the system tells it; else the resident size, which counts
that once for each). With ``--archive`` they lie in one ZIP, as a browser sends them. ``WANTED_MB`` is what it may be at the most. Ends in 1 if it is more.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

from tests.intake import made
from tests.paths import ROOT

WANTED_MB = 600.0
EVERY_S = 0.05
RUNNERS = 25


@dataclass
class Peak:
    """The most that was held at any time, MB, by how many processes, and what was said at the end."""

    proportional: float = 0.0
    resident: float = 0.0
    processes: int = 0
    seconds: float = 0.0
    said: str = ""


def make(folder: Path, number: int) -> int:
    """Write sample files; their bytes together."""
    total = 0
    for place in range(number):
        seconds = 3_600 if place % 10 == 0 else 120 + place * 7 % 300
        data = made.fit(place // RUNNERS, seconds, heart=120 + place % RUNNERS)
        path = folder / f"Runner {place % RUNNERS:02}" / f"{place:05}.fit"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        total += len(data)
    return total


def zipped(folder: Path) -> Path:
    """The files of a folder in one ZIP beside it."""
    archive = folder.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as together:
        for path in sorted(folder.rglob("*.fit")):
            together.write(path, path.relative_to(folder))
    return archive


def imported(folder: Path, home: Path, workers: int) -> Peak:
    """Import a folder by the command and watch what its processes hold."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LOADMON_")} | {"LOADMON_HOME": str(home)}
    began = time.perf_counter()
    running = subprocess.Popen(
        [sys.executable, "-m", "loadmon", "import", str(folder), "--workers", str(workers)],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    peak = Peak()
    while running.poll() is None:
        held = [held_by(pid) for pid in family(running.pid)]
        peak.proportional = max(peak.proportional, sum(one for one, _ in held))
        peak.resident = max(peak.resident, sum(one for _, one in held))
        peak.processes = max(peak.processes, len(held))
        time.sleep(EVERY_S)
    peak.seconds = time.perf_counter() - began
    peak.said = running.communicate()[0].strip().splitlines()[0]
    return peak


def family(pid: int) -> list[int]:
    """A process and all that it has started, directly or not."""
    found = [pid]
    with contextlib.suppress(OSError):
        for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in tasks.read_text().split():
                found += family(int(child))
    return found


def held_by(pid: int) -> tuple[float, float]:
    """Proportional and resident size of one process, MB; zeros if it is gone."""
    told = {}
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
            name, _, value = line.partition(":")
            told[name] = float(value.split()[0]) / 1024
    return told.get("Pss", told.get("Rss", 0.0)), told.get("Rss", 0.0)


def main() -> None:
    """Make, import, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--files", type=int, nargs="+", default=[1_000, 5_000])
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--keep", type=Path, help="Keep the sample files here, and use those that are there.")
    asked.add_argument("--archive", action="store_true", help="One ZIP of them instead of a folder.")
    given = asked.parse_args()
    if not Path("/proc/self/smaps_rollup").exists():
        sys.exit("This system does not tell what its processes hold.")
    worst = 0.0
    with tempfile.TemporaryDirectory() as scratch:
        for number in given.files:
            folder = (given.keep or Path(scratch)) / f"{number} files"
            size = (
                sum(path.stat().st_size for path in folder.rglob("*.fit")) if folder.exists() else make(folder, number)
            )
            given_files = zipped(folder) if given.archive else folder
            peak = imported(given_files, Path(scratch) / f"home {number}", given.workers)
            print(
                f"{number:,} files, {size / 1e6:.0f} MB, {given.workers} workers: at most {peak.proportional:.0f} MB in "
                f"{peak.processes} processes together ({peak.resident:.0f} MB with what they share counted for each), "
                f"{peak.seconds:.0f} s. {peak.said}",
                flush=True,
            )
            worst = max(worst, peak.proportional)
    sys.exit(1 if worst > WANTED_MB else 0)


if __name__ == "__main__":
    main()
