"""The largest archive that is taken, and the next larger one.

    python -m tests.bench.archive_limits [--members 25000] [--take 25000] [--workers 2]

Makes a ZIP of so many small FIT and GPX files, no two the same, of 25 runners. Prints how long listing it takes and the
memory that this needs; then imports one of so many members (``--take``) by the command in processes of its own, and prints
files a second and the most memory that all its processes held together. Last, one member more is offered.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from loadmon.intake.plan import plan
from loadmon.readers.limits import MAX_ARCHIVE_MEMBERS
from tests.intake import made
from tests.paths import ROOT
from tests.readers import made_xml

RUNNERS = 25


def main() -> None:
    """Make, list, import, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--members", type=int, default=MAX_ARCHIVE_MEMBERS)
    asked.add_argument("--take", type=int, default=MAX_ARCHIVE_MEMBERS)
    asked.add_argument("--workers", type=int, default=2)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        archive = season(Path(scratch) / "season.zip", given.members)
        before, cpu, wall = _most_held_mb(), time.process_time(), time.perf_counter()
        offered = plan([archive])
        print(
            f"listing {len(offered.offers):,} members of {archive.stat().st_size / 1e6:.0f} MB: "
            f"{time.process_time() - cpu:.1f} s CPU, {time.perf_counter() - wall:.1f} s, "
            f"{_most_held_mb() - before:.0f} MB on top of {before:.0f} MB; {len(offered.runners())} runners"
        )
        del offered
        if given.take != given.members:
            archive = season(Path(scratch) / "part.zip", given.take)
        print(imported(archive, Path(scratch) / "home", given.workers), flush=True)
        more = season(Path(scratch) / "more.zip", MAX_ARCHIVE_MEMBERS + 1, empty=True)
        (problem,) = plan([more]).problems
        print(f"{MAX_ARCHIVE_MEMBERS + 1:,} members: {problem.refusal}")


def season(path: Path, members: int, *, empty: bool = False) -> Path:
    """A ZIP of small files, every fourth a GPX."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(members):
            name = f"Runner {number % RUNNERS:02}/{number // RUNNERS:04}"
            day = number // RUNNERS
            if empty:
                archive.writestr(f"{name}.fit", b"")
            elif number % 4:
                archive.writestr(f"{name}.fit", made.fit(day, 12, heart=120 + number % RUNNERS))
            else:
                start = made_xml.START + (day + 1_500) * (made_xml.START - made_xml.START.replace(day=8))
                points = made_xml.points(12, speed=2.0 + 0.05 * (number % RUNNERS), start=start)
                archive.writestr(f"{name}.gpx", made_xml.gpx(points))
    return path


def imported(archive: Path, home: Path, workers: int) -> str:
    """What taking an archive in costs, in words."""
    mine = {k: v for k, v in os.environ.items() if not k.startswith("LOADMON_")}
    began = time.perf_counter()
    running = subprocess.Popen(
        [sys.executable, "-m", "loadmon", "import", str(archive), "--json"], cwd=ROOT, stdout=subprocess.PIPE, text=True,
        env=mine | {"LOADMON_HOME": str(home), "LOADMON_WORKERS": str(workers)}, start_new_session=True,
    )  # fmt: skip
    most = 0.0
    said = Path(archive.parent, "said.json")
    with said.open("w") as file:
        assert running.stdout is not None
        os.set_blocking(running.stdout.fileno(), False)
        while running.poll() is None:
            most = max(most, held_mb(running.pid))
            with contextlib.suppress(TypeError):  # nothing to read yet
                file.write(running.stdout.read())
            time.sleep(0.1)
        with contextlib.suppress(TypeError):
            file.write(running.stdout.read())
    wall = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = json.loads(said.read_text())
    files = len(told["files"])
    return (
        f"importing {files:,} files with {workers} processes: {told['outcomes']} in {wall:.0f} s "
        f"({used.ru_utime + used.ru_stime:.0f} s CPU), {files / wall:.0f} files/s, at most {most:.0f} MB in all processes together"
    )


def held_mb(group: int) -> float:
    """Memory of all processes of a group, each page that several share counted once."""
    kilobytes = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError):
            if int(stat.read_text().rpartition(")")[2].split()[2]) == group:
                rolled = (stat.parent / "smaps_rollup").read_text()
                kilobytes += next(int(line.split()[1]) for line in rolled.splitlines() if line.startswith("Pss:"))
    return kilobytes / 1024


def _most_held_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
