"""How much memory reading takes, in sizes of the file.

    python -m tests.bench.memory FOLDER

For every FIT, GPX and TCX file (``.gz`` unpacked beforehand): the most that is allocated at any time while its bytes
become a DataFrame of records, and while they become whole sessions, over what was allocated before and divided by the
size of the file. The file's own bytes are not counted: whoever calls holds them (with them each figure is one more).
Python's, numpy's and pandas' memory is followed by tracemalloc, Arrow's by a pool of its own that counts the most it
held; the two peaks are added, which is never too little. Each file is read once before, so that tables which are made
once for all files do not count. Small files are told apart: a table of pandas takes some ten thousand bytes however
short it is.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from loadmon.readers import gpx, read, tcx
from loadmon.readers.fit_records import fit_records
from loadmon.readers.xml_document import read_document
from loadmon.refusal import Refusal
from tests.bench.xml_rate import ours

WANTED = 6.0
SIZES = (0, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 100_000_000)
RECORDS: dict[str, Callable[[bytes], object]] = {
    "fit": fit_records,
    "gpx": lambda data: ours(read_document(data, gpx.WORDS)),
    "tcx": lambda data: ours(read_document(data, tcx.WORDS)),
}
_POOLS: list[pa.MemoryPool] = []
"""Kept for good: what Arrow allocated from a pool must not outlive it."""


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    rows = measured(asked.parse_args().folder)
    for kind, of_kind in rows.groupby("kind"):
        for what in ("records", "sessions"):
            known = of_kind[of_kind[what].notna()]
            n_over = int((known[what] > WANTED).sum())
            print(
                f"\n{str(kind).upper()}, {what}: {len(known)} files, {n_over} take more than {WANTED:.0f} times their size"
            )
            print(f"{'size':>24}{'files':>7}{'median':>8}{'9 of 10':>9}{'most':>8}{'over':>6}{'by at most, kB':>16}")
            for size, some in known.groupby(pd.cut(known["bytes"], SIZES), observed=True):
                middle, high = some[what].quantile([0.5, 0.9])
                over: pd.Series[float] = (some[what] - WANTED) * some["bytes"]
                n_over = int((over > 0).sum())
                print(
                    f"{size!s:>24}{len(some):7}{middle:8.2f}{high:9.2f}{some[what].max():8.2f}{n_over:6}{max(over.max(), 0) / 1e3:16.0f}"
                )


def measured(folder: Path) -> pd.DataFrame:
    """One row a file: its kind, its bytes, and how many times these reading took; NaN where it is refused."""
    rows = []
    for path in sorted(folder.rglob("*")):
        kind = next((k for k in RECORDS if path.name.lower().endswith((f".{k}", f".{k}.gz"))), None)
        if kind is None or not path.is_file():
            continue
        data = path.read_bytes()
        if path.suffix.lower() == ".gz":
            data = gzip.decompress(data)
        times = [most(way, data) / max(len(data), 1) for way in (RECORDS[kind], lambda data: read(data, "a"))]
        rows.append((kind, len(data), *times))
    return pd.DataFrame(rows, columns=["kind", "bytes", "records", "sessions"])


def most(way: Callable[[bytes], object], data: bytes) -> float:
    """Most bytes allocated at any time over those before; NaN for a file that is refused."""
    try:
        way(data)
    except Refusal:
        return np.nan
    usual, pool = pa.default_memory_pool(), pa.proxy_memory_pool(pa.default_memory_pool())
    _POOLS.append(pool)
    pa.set_memory_pool(pool)
    gc.collect()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        way(data)
        return float(tracemalloc.get_traced_memory()[1] - before + (pool.max_memory() or 0))
    finally:
        tracemalloc.stop()
        pa.set_memory_pool(usual)


if __name__ == "__main__":
    main()
