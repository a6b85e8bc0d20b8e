"""Coverage-guided fuzzing of the readers with atheris: nothing but a named refusal, nothing slow, nothing that hangs.

    python -m tests.bench.fuzz SCRATCH_FOLDER [--seconds 3600]

Needs ``pip install atheris`` (Linux). Seeds are small made files of every format; what is found is left in the folder,
with a corpus that grows and is taken up again by the next run. The first byte of every input says what the rest is, so
that the fuzzer need not rediscover headers, checksums and the packing of workbooks and accounts:

    0–63 the body of a FIT file, 64–79 a table, 80–95 the XML of a workbook's sheet, 96–111 Strava's table in an
    archive, 112–127 Garmin's list and gear in an archive, 128–191 any file, inspected, 192–255 any file, read
"""

from __future__ import annotations

import argparse
import importlib
import io
import pkgutil
import struct
import sys
import time
import warnings
import zipfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["loadmon.readers", "loadmon.facts", "loadmon.gait"]):
    import loadmon.readers

    # the formats' readers are imported on demand: here, so that they are instrumented too
    for found in pkgutil.iter_modules(loadmon.readers.__path__):
        importlib.import_module(f"loadmon.readers.{found.name}")
    from loadmon.facts import facts_of

from loadmon.readers.given import read
from loadmon.readers.inspection import inspect
from loadmon.readers.table import sessions_from_table
from loadmon.refusal import ColumnsToConfirm, Refusal
from loadmon.session import Oddity, Session
from tests.bench.held import highest_mb, is_too_much, memory_from_here
from tests.bench.seeds import confirmed, seeds
from tests.readers import made_account, made_tables

SLOWEST_S_PER_10_MB = 1.0
FLOOR_S = 1.0
MOST_RATIO = 10
"""Packed data may hold more; a bomb holds two hundred times its size."""
MOST_HELD_MB = 8192
"""Of the whole process: atheris itself keeps some 10 kB of every input, which the readers do not."""
SEED_SAMPLES = 12
SHEET = "xl/worksheets/sheet1.xml"
BOOK = made_tables.xlsx({"Runs": [line.split(",") for line in made_tables.STRAVA.replace('"', "").splitlines()]})
WORDS = (
    *("<trk>", "<trkseg>", "<trkpt lat=", " lon=", "<time>", "<ele>", "<extensions>", "<hr>", "<cad>", "<type>", "</"),
    *("<Lap StartTime=", "<Trackpoint>", "<Time>", "<Position>", "<Value>", "<!ENTITY ", "<!DOCTYPE ", "<![CDATA["),
    *(
        "<?xml encoding=",
        "utf-16",
        "<!--",
        "]]>",
        "&#",
        "xmlns:",
        ".FIT",
        "2026-01-05T06:30:00Z",
        "1970-01-01T",
        "1e308",
    ),
    *(
        "NaN",
        "inf",
        "-0",
        "PK",
        "activities.csv",
        "summarizedActivitiesExport",
        "beginTimestamp",
        "1:05:09",
        "Distance",
    ),
)


def one_input(data: bytes) -> None:
    """Read one input; anything but sessions or a refusal is a finding."""
    if not data:
        return
    before_mb = memory_from_here()
    began = time.process_time()
    try:
        sessions = sessions_of(data[0], data[1:])
    except Refusal as refusal:
        if not (refusal.what and refusal.advice):
            raise AssertionError(f"{refusal.name} says nothing") from None
        sessions = []
    for session in sessions:
        facts_of(session)
        assert len(session.stream) >= 0
        assert all(isinstance(oddity, Oddity) for oddity in session.oddities)
    took = time.process_time() - began
    limit = FLOOR_S + SLOWEST_S_PER_10_MB * len(data) / 1e7
    if took > limit:
        raise TimeoutError(f"{took:.2f} s for {len(data)} bytes")
    mb = highest_mb() - before_mb
    if is_too_much(mb, MOST_RATIO * len(data)):
        raise MemoryError(f"{mb:.0f} MB for {len(data)} bytes")


def sessions_of(kind: int, rest: bytes) -> list[Session]:
    """What the first byte says, read through the door that a person's file comes through."""
    if kind < 64:
        return read(struct.pack("<BBHI4s", 12, 0x20, 2132, len(rest), b".FIT") + rest + b"\0\0")
    if kind < 80:
        return sessions_from_table(rest, confirmed(rest))
    if kind < 96:
        return sessions_from_table(book := workbook(rest), confirmed(book))
    if kind < 112:
        return read(made_account.zipped(made_account.STRAVA_FILES | {"activities.csv": rest}))
    if kind < 128:
        fitness = "DI_CONNECT/DI-Connect-Fitness/a@b.c_"
        names = f"{fitness}0_summarizedActivities.json", f"{fitness}gear.json"
        parts = (*rest.split(b"\0\0", 1), b"[]")
        return read(made_account.zipped(made_account.garmin_files() | dict(zip(names, parts, strict=False))))
    if kind < 192:
        inspect(rest).plain()
        return []
    try:
        return read(rest)
    except ColumnsToConfirm:
        return sessions_from_table(rest, confirmed(rest))


def workbook(sheet: bytes) -> bytes:
    """A workbook whose first sheet is this XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet if name == SHEET else old.read(name))
    return out.getvalue()


def begin_with(folder: Path) -> None:
    """Small made files of every format, as inputs to begin with."""
    folder.mkdir(parents=True, exist_ok=True)
    found: dict[str, bytes] = {}
    for name, data in seeds(SEED_SAMPLES).items():
        found[name] = b"\xff" + data
        found[f"seen-{name}"] = b"\x80" + data
        if name.startswith("fit-"):
            found[f"body-{name}"] = b"\0" + data[14:-2]
        if name.startswith("csv-"):
            found[f"table-{name}"] = b"\x40" + data
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        found["sheet"] = b"\x50" + archive.read(SHEET)
    found["strava"] = b"\x60" + made_account.STRAVA_FILES["activities.csv"]
    listed, gear = (
        data for name, data in made_account.garmin_files().items() if name.endswith(("ties.json", "gear.json"))
    )
    found["garmin"] = b"\x70" + listed + b"\0\0" + gear
    for name, data in found.items():
        (folder / name).write_bytes(data)


def main() -> None:
    """Fuzz for the time given."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--seconds", type=int, default=3600)
    given = asked.parse_args()
    corpus = given.folder / "corpus"
    begin_with(corpus)
    words = given.folder / "words"
    words.write_text("".join(f'"{word}"\n' for word in WORDS), encoding="ascii")
    warnings.simplefilter("error", RuntimeWarning)  # numpy's, of numbers that do not fit their kind
    options = [
        sys.argv[0],
        f"-max_total_time={given.seconds}",
        "-max_len=65536",
        f"-rss_limit_mb={MOST_HELD_MB}",
        "-timeout=10",
        "-print_final_stats=1",
        f"-dict={words}",
        f"-artifact_prefix={given.folder}/",
        str(corpus),
    ]
    atheris.Setup(options, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
