"""How fast GPX and TCX files become tables, against gpxpy and tcxreader.

    python -m tests.bench.xml_rate FOLDER [--rounds 9]

CPU time from bytes to a DataFrame. The readers take turns at going through all files, as an import does, so that a
busy machine slows them alike; for each file the best of the rounds counts. Only files that both can make a table of
are compared; files of fewer than fifty points are told apart, they measure the cost of starting and not of reading.
Memory is the most that is allocated at any time, in sizes of the file.
"""

from __future__ import annotations

import argparse
import io
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from functools import cache
from pathlib import Path

import gpxpy
import numpy as np
import pandas as pd
import pyarrow as pa
from tcxreader.tcxreader import TCXReader

from loadmon.readers import gpx, tcx
from loadmon.readers.xml_document import Document, read_document
from loadmon.readers.xml_words import Words

FEW = 50
LARGE = 100_000
WANTED = {"gpx": 10.0, "tcx": 3.5}
Reader = Callable[[bytes], pd.DataFrame]


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--rounds", type=int, default=9)
    given = asked.parse_args()
    for kind, words, theirs, name in (
        ("gpx", gpx.WORDS, by_gpxpy, "gpxpy"),
        ("tcx", tcx.WORDS, by_tcxreader, "tcxreader"),
    ):
        files, n_theirs = [], []
        for path in sorted(given.folder.rglob(f"*.{kind}")):
            data = path.read_bytes()
            try:
                n_points = len(theirs(data))
            except Exception:  # noqa: BLE001  whatever the peer raises, it did not read the file
                continue
            if n_points:
                files.append(data)
                n_theirs.append(n_points)
        rows = _compare(files, words, theirs, given.rounds)
        rows["n_theirs"] = n_theirs
        _tell(kind, name, rows)


def _compare(files: list[bytes], words: Words, theirs: Reader, rounds: int) -> pd.DataFrame:
    ways: dict[str, Reader] = {
        "ours": lambda d: ours(read_document(d, words)),
        "walk": lambda d: ours(read_document(d, words, by_shape=False)),
        "theirs": theirs,
    }
    best = {name: [float("inf")] * len(files) for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            for number, data in enumerate(files):
                began = time.process_time()
                way(data)
                best[name][number] = min(best[name][number], time.process_time() - began)
    memory = {f"{name}_memory": [_most(ways[name], data) / len(data) for data in files] for name in ("ours", "walk")}
    n_points = [len(ways["ours"](data)) for data in files]
    return pd.DataFrame({"n_points": n_points, "bytes": list(map(len, files)), **best, **memory})


def _most(way: Reader, data: bytes) -> float:
    """Most bytes allocated at any time; Arrow's own are counted whole on top, as they are not seen otherwise."""
    arrow = pa.default_memory_pool()
    before = arrow.bytes_allocated()
    tracemalloc.start()
    kept = way(data)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del kept
    return most + max(arrow.bytes_allocated() - before, 0)


def ours(document: Document) -> pd.DataFrame:
    """A document's points as a table."""
    names = ["time", *document.columns, "part"]
    block = np.empty((len(names), len(document.unix_s)))
    for row, column in zip(block, (document.unix_s, *document.columns.values()), strict=False):
        row[:] = column
    for number, node in enumerate([*document.outline.all("trkseg"), *document.outline.all("track")]):
        for first, end in node.spans:
            block[-1, first:end] = number
    return pd.DataFrame(block.T, columns=_index(tuple(names)))


@cache
def _index(names: tuple[str, ...]) -> pd.Index:
    """Kept from file to file: there are only a few sets of columns."""
    return pd.Index(names)


def by_gpxpy(data: bytes) -> pd.DataFrame:
    """What a user of gpxpy does to have the same table."""
    rows = []
    for track in gpxpy.parse(data).tracks:
        for number, segment in enumerate(track.segments):
            for point in segment.points:
                row = {
                    "time": point.time,
                    "lat_deg": point.latitude,
                    "lon_deg": point.longitude,
                    "altitude_m": point.elevation,
                    "part": number,
                }
                for top in point.extensions:
                    for element in top.iter():
                        if element.text and not element.text.isspace():
                            row[element.tag.rpartition("}")[2]] = float(element.text)
                rows.append(row)
    return pd.DataFrame(rows)


def by_tcxreader(data: bytes) -> pd.DataFrame:
    """What a user of tcxreader does; it reads from a path or a file-like, and drops points without a position."""
    try:
        exercise = TCXReader().read(io.BytesIO(data))
    except TypeError:
        with tempfile.NamedTemporaryFile(suffix=".tcx") as file:
            file.write(data)
            file.flush()
            exercise = TCXReader().read(file.name)
    return pd.DataFrame(
        [
            {
                "time": p.time,
                "lat_deg": p.latitude,
                "lon_deg": p.longitude,
                "altitude_m": p.elevation,
                "distance_m": p.distance,
                "heart_rate_bpm": p.hr_value,
                "cadence": p.cadence,
                **p.tpx_ext,
            }
            for p in exercise.trackpoints
        ]
    )


def _tell(kind: str, name: str, all_rows: pd.DataFrame) -> None:
    for words, rows in (
        (f"{FEW} points and more", all_rows[all_rows["n_points"] >= FEW]),
        (f"of these, {LARGE // 1000} kB and more", all_rows[all_rows["bytes"] >= LARGE]),
        (f"of these, under {LARGE // 1000} kB", all_rows[(all_rows["n_points"] >= FEW) & (all_rows["bytes"] < LARGE)]),
        (f"fewer than {FEW} points", all_rows[all_rows["n_points"] < FEW]),
    ):
        if rows.empty:
            continue
        size, points = rows["bytes"].sum() / 1e6, rows["n_points"].sum()
        print(
            f"\n{kind.upper()}, {words}: {len(rows)} files, {size:.1f} MB, {points} points ({rows['n_theirs'].sum()} by {name})"
        )
        print(
            f"{'':12}{'MB/s':>8}{'points/s':>12}{'x ' + name + ' (median)':>24}{'least':>8}{'by total':>10}{'memory':>8}"
        )
        for way in ("theirs", "walk", "ours"):
            ratios = (rows["theirs"] / rows[way]).tolist()
            total = rows[way].sum()
            memory = f"{rows[way + '_memory'].max():8.1f}" if way != "theirs" else ""
            label = {"theirs": name, "walk": "walk", "ours": "ours"}[way]
            print(
                f"{label:12}{size / total:8.1f}{points / total:12,.0f}{statistics.median(ratios):24.1f}"
                f"{min(ratios):8.1f}{rows['theirs'].sum() / total:10.1f}{memory}"
            )
        if words.startswith(str(FEW)):
            median = statistics.median((rows["theirs"] / rows["ours"]).tolist())
            print(f"wanted: {WANTED[kind]} x in the median of files: {'met' if median >= WANTED[kind] else 'NOT met'}")


if __name__ == "__main__":
    main()
