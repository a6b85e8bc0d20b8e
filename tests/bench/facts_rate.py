"""Whole FIT files to a session's facts: files a second on one core, where the time goes, and memory.

    python -m tests.bench.facts_rate FOLDER [--files 80]

CPU time of the second pass over bytes in memory, so that what is loaded or made once does not count.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import random
import statistics
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from loadmon.facts import facts_of
from loadmon.readers import read
from loadmon.readers.archive import members
from loadmon.readers.fit_records import fit_records
from loadmon.refusal import Refusal

SEED = 20261122
STEPS = {
    "walk over header bytes": ("fit_scan.py", "scan"),
    "checksum": ("fit_crc.py", "crc16"),
    "all of FIT": ("fit.py", "read_fit"),
    "cleaning": ("clean.py", "session_of"),
    "cadence windows": ("windows.py", "cadence_windows"),
    "all facts": ("compute.py", "facts_of"),
}
"""What is told of the profile: its own name, and the function whose whole time it is."""


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--files", type=int, default=80)
    given = asked.parse_args()
    found = [data for m in members(given.folder) if m.name.lower().endswith(".fit") for data in [m.read()]]
    random.Random(SEED).shuffle(found)
    found = [data for data in found if _is_activity(data)][: given.files]
    _once(found)
    reading, facts = _once(found)
    size = sum(map(len, found)) / 1e6
    print(f"{len(found)} files, {size:.1f} MB: {len(found) / (reading + facts):.0f} files/s on one core")
    print(f"reading and cleaning {1000 * reading / len(found):.2f} ms a file, facts {1000 * facts / len(found):.2f} ms")
    profile = cProfile.Profile(time.process_time)
    profile.runcall(_once, found)
    told = {(Path(file).name, name): times for (file, _, name), times in pstats.Stats(profile).stats.items()}  # type: ignore[attr-defined]
    whole = told["facts_rate.py", "_once"][3]
    for words, key in STEPS.items():
        print(f"  {words:24} {100 * told[key][3] / whole:5.1f} % (profiled)")
    for words, work in (("records alone", fit_records), ("whole sessions", lambda data: read(data, "bench.fit"))):
        peaks = [_peak(work, data) for data in sorted(found, key=len)[-20:]]
        print(
            f"memory, {words}: {statistics.median(peaks):.1f} x the file, at most {max(peaks):.1f} (20 largest files)"
        )


def _once(found: list[bytes]) -> tuple[float, float]:
    """CPU seconds of reading and of making facts."""
    reading = facts = 0.0
    for data in found:
        began = time.process_time()
        sessions = read(data, "bench.fit")
        between = time.process_time()
        for session in sessions:
            facts_of(session)
        reading, facts = reading + between - began, facts + time.process_time() - between
    return reading, facts


def _peak(work: Callable[[bytes], object], data: bytes) -> float:
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    got = work(data)
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    del got
    return peak / len(data)


def _is_activity(data: bytes) -> bool:
    try:
        return bool(read(data, "bench.fit"))
    except Refusal:
        return False


if __name__ == "__main__":
    main()
