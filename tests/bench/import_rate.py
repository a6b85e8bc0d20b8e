"""How fast files become stored sessions, against fitparse merely decoding them one after another.

    python -m tests.bench.import_rate [FOLDER] [--files 60] [--workers 2]

Without a folder it reads the sample squad. Prints files a second and the ratio; both are measured in the same run,
in turn, so that a busy machine slows them alike.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from fitparse import FitFile

from loadmon.demo import files, story_day
from loadmon.intake.commit import import_plan
from loadmon.intake.decode import decode
from loadmon.intake.plan import plan
from loadmon.readers.archive import members
from loadmon.store import open_store


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path, nargs="?")
    asked.add_argument("--files", type=int, default=60)
    asked.add_argument("--workers", type=int, default=2)
    given = asked.parse_args()
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
