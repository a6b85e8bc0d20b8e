"""How fast FIT files become tables, against fitparse and a Rust binding, file by file in one interleaved run.

    python -m tests.bench.fit_rate FOLDER [--files 30] [--rounds 5]

CPU time of bytes in memory, checksums looked at. The best of a few rounds counts for the two fast readers, one round
for fitparse, which is timed reading every record with its values. Where the folder holds few files over 1 MB, the
largest are lengthened by writing their messages several times over, and said to be so. The Rust binding ``fitfast`` is
used where it happens to be installed (``uv pip install fitfast``); nothing else needs it.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pandas as pd
from fitparse import FitFile

from loadmon.readers import fit_profile as profile
from loadmon.readers.archive import members
from loadmon.readers.fit_columns import columns_of
from loadmon.readers.fit_records import fit_records
from loadmon.readers.fit_segments import segments
from loadmon.readers.fit_tables import read_tables, take_beats
from loadmon.readers.frame import frame_of, micros_of
from loadmon.report.fit_message import fit_file

try:
    import fitfast
except ImportError:
    fitfast = None

SEED, MB = 20261122, 1_000_000
WANTED_ALL_KINDS, WANTED_RUST = 200.0, 2.0
KINDS = frozenset(
    {"file_id", "user_profile", "sport", "session", "lap", "record", "event", "device_info", "activity", "hrv", "hr",
     "field_description", "developer_data_id"}
)  # fmt: skip


@dataclass
class Timed:
    """CPU seconds of every file of one set; None where a reader did not read the file."""

    ours: list[float] = field(default_factory=list)
    everything: list[float] = field(default_factory=list)
    fitparse: list[float | None] = field(default_factory=list)
    fitparse_everything: list[float | None] = field(default_factory=list)
    rust: list[float | None] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--files", type=int, default=30)
    asked.add_argument("--large", type=int, default=5)
    asked.add_argument("--rounds", type=int, default=5)
    given = asked.parse_args()
    found = _by_turns(given.folder)
    ordinary = [data for data in found if len(data) <= MB][: given.files]
    large, lengthened = _large(found, given.large)
    for name, files, wanted in (
        ("ordinary runs", ordinary, 200.0),
        (f"over 1 MB ({lengthened} of them lengthened)", large, 500.0),
    ):
        if files:
            _tell(name, _measure(files, given.rounds), wanted)


def _by_turns(folder: Path) -> list[bytes]:
    """Runs out of each folder in turn, so that no runner's watch counts for more than another's; the same each time."""
    folders: dict[str, list[bytes]] = {}
    for member in members(folder):
        data = member.read() if member.name.lower().endswith(".fit") else b""
        if data[8:12] == b".FIT" and _is_run(data):
            folders.setdefault(member.path.split("/")[0], []).append(data)
    chance = random.Random(SEED)
    for files in folders.values():
        chance.shuffle(files)
    return [data for turn in zip_longest(*folders.values()) for data in turn if data is not None]


def _measure(files: list[bytes], rounds: int) -> Timed:
    fit_records(files[0]), _everything(files[0])
    timed = Timed()
    for data in files:
        mine, whole, rust = [], [], []
        for _ in range(rounds):
            mine.append(_cpu(fit_records, data))
            whole.append(_cpu(_everything, data))
            if fitfast is not None:
                rust.append(_cpu(_by_rust, data))
        timed.ours.append(min(t for t in mine if t is not None))
        timed.everything.append(min(t for t in whole if t is not None))
        timed.rust.append(min((t for t in rust if t is not None), default=None))
        timed.fitparse.append(_cpu(_by_fitparse, data))
        timed.fitparse_everything.append(_cpu(_kinds_by_fitparse, data))
        timed.sizes.append(len(data))
    return timed


def _tell(name: str, timed: Timed, wanted: float) -> None:
    """Print the ratios, and whether they are those that are wanted: of all kinds by total time, else in the median."""
    size = sum(timed.sizes) / MB
    print(f"{name}: {len(timed.sizes)} files, {size:.1f} MB")
    print(f"  records to a table, checksum looked at: {1000 * sum(timed.ours) / size:.1f} ms/MB")
    print(f"  all {len(KINDS)} kinds: {1000 * sum(timed.everything) / size:.1f} ms/MB")
    for peer, theirs, ours, least, by_total in (
        ("fitparse, records", timed.fitparse, timed.ours, wanted, False),
        ("fitparse, all kinds", timed.fitparse_everything, timed.everything, WANTED_ALL_KINDS, True),
        ("the Rust binding, records", timed.rust, timed.ours, WANTED_RUST, False),
    ):
        pairs = [(t, o) for t, o in zip(theirs, ours, strict=True) if t is not None]
        if not pairs:
            continue
        ratios = [t / o for t, o in pairs]
        total = sum(t for t, _ in pairs) / sum(o for _, o in pairs)
        low, high = min(ratios), max(ratios)
        met = "met" if (total if by_total else statistics.median(ratios)) >= least else "NOT met"
        print(
            f"  {statistics.median(ratios):6.1f} x {peer} (median; {low:.1f} to {high:.1f}); {total:.1f} by total time; "
            f"it read {len(pairs)} of {len(ours)}; wanted {least:.0f} x: {met}"
        )


def _cpu(read: Callable[[bytes], Any], data: bytes) -> float | None:
    """CPU seconds of reading; None where the reader fails, in whichever way (the Rust binding panics)."""
    began = time.process_time()
    try:
        read(data)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001
        return None
    return time.process_time() - began


def _everything(data: bytes) -> pd.DataFrame | None:
    """Records as a table and every other kind beside it."""
    frame = None
    parts = [read_tables(data, segment.start, segment.end) for segment in segments(data)]
    beats = take_beats(parts)
    for part in parts:
        frame = frame_of(micros_of(part.timestamp), columns_of(part, beats), block=part.block)
    return frame


def _by_fitparse(data: bytes) -> pd.DataFrame:
    return pd.DataFrame([message.get_values() for message in FitFile(data).get_messages("record")])


def _kinds_by_fitparse(data: bytes) -> list[dict[str, Any]]:
    return [m.get_values() for m in FitFile(data).get_messages() if m.name in KINDS]


def _by_rust(data: bytes) -> pd.DataFrame:
    return pd.DataFrame(fitfast.records(data))


def _is_run(data: bytes) -> bool:
    """True for an activity with a session of running and at least five minutes of records."""
    for segment in segments(data):
        tables = read_tables(segment.body)
        sports = {row.get(5) for row in tables.small[profile.SESSION]}
        return tables.n_records >= 300 and sports == {1}
    return False


def _large(found: list[bytes], n: int) -> tuple[list[bytes], int]:
    """Files over 1 MB; where there are too few, the largest others with their messages written several times over."""
    files = sorted((data for data in found if len(data) > MB), key=len)[:n]
    rest = sorted((data for data in found if len(data) <= MB), key=len, reverse=True)[: n - len(files)]
    return files + [_lengthened(data) for data in rest], len(rest)


def _lengthened(data: bytes) -> bytes:
    body = next(segments(data)).body
    body *= MB * 3 // 2 // len(body) + 1
    return fit_file(body)


if __name__ == "__main__":
    main()
