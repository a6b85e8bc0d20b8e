"""``loadmon.read``: a path, bytes or an open file, whatever it holds, and nothing but named refusals."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import loadmon
from loadmon.refusal import (
    ColumnsToConfirm,
    ColumnUnclear,
    EmptyArchive,
    EmptyFile,
    NoActivity,
    NotFound,
    Refusal,
    TooLarge,
    UnknownFormat,
    UnknownZone,
)
from loadmon.session import Sport
from tests.intake import made as made_intake
from tests.paths import ROOT
from tests.readers import made_account, made_tables

TWO = {"a.fit": made_intake.fit(0), "sub/b.fit": made_intake.fit(1)}


def test_importing_loadmon_is_cheap() -> None:
    code = "import sys, loadmon; sys.exit(any(m in sys.modules for m in ('pandas', 'numpy')))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
    assert callable(loadmon.read)
    assert "read" in dir(loadmon)
    with pytest.raises(AttributeError):
        _ = loadmon.nothing


def test_the_example_in_the_docstring() -> None:
    import doctest

    from loadmon.readers import given as module
    from loadmon.readers import table

    for one in (module, table):
        found = doctest.testmod(one)
        assert found.attempted
        assert not found.failed


@pytest.mark.parametrize("wrap", [bytes, bytearray, memoryview, io.BytesIO])
@pytest.mark.parametrize(
    "data",
    [made_intake.fit(), gzip.compress(made_intake.fit()), made_intake.zipped({"1_ACTIVITY.fit": made_intake.fit()})],
)
def test_bytes_and_files_packed_or_not(wrap: type, data: bytes) -> None:
    (session,) = loadmon.read(wrap(data), name="x.fit")
    assert session.sport is Sport.RUN
    assert len(session.stream) == 60


def test_paths_and_names(tmp_path: Path) -> None:
    path = tmp_path / "run.txt"
    path.write_bytes(made_intake.fit())
    assert loadmon.read(path)[0].source.file_name == "run.txt"
    assert loadmon.read(str(path), name="mine")[0].source.file_name == "mine"
    with path.open("rb") as file:
        assert loadmon.read(file)[0].source.file_name == "run.txt"  # type: ignore[arg-type]
    with path.open(encoding="latin-1") as text, pytest.raises(UnknownFormat, match="as text"):
        loadmon.read(text)  # type: ignore[arg-type]
    for wrong, kind in ((tmp_path, NotFound), (tmp_path / "none", NotFound), ("\0", NotFound), (3, UnknownFormat)):
        with pytest.raises(kind):
            loadmon.read(wrong)  # type: ignore[arg-type]


def test_a_pipe_that_cannot_be_wound_back() -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as out:
        out.write(made_intake.zipped(TWO))
    with os.fdopen(reading, "rb") as pipe:
        assert len(loadmon.read(pipe)) == 2  # type: ignore[arg-type]


def test_every_activity_of_a_zip_and_what_could_not_be_read() -> None:
    files = TWO | {"bad.fit": made_intake.PDF, "empty.fit": b"", "photo.jpg": b"\xff\xd8\xff"}
    sessions = loadmon.read(made_intake.zipped(files), name="all.zip")
    assert [session.source.file_name for session in sessions] == ["a.fit", "sub/b.fit"]
    for session in sessions:
        note = next(oddity for oddity in session.oddities if oddity.name == "members unreadable")
        assert note.count == 2
        assert "PDF" in note.detail
    nested = made_intake.zipped({"inner.zip": made_intake.zipped(TWO)})
    assert len(loadmon.read(nested)) == 2


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", EmptyFile),
        (made_intake.zipped({}), EmptyArchive),
        (made_intake.zipped({"a.jpg": b"\xff\xd8\xff"}), NoActivity),
        (made_intake.zipped({"a.fit": b""}), EmptyFile),
        (made_intake.zipped({"a.fit": made_intake.PDF}), UnknownFormat),
        (made_intake.PDF, UnknownFormat),
        (b"\0" * (64 * 2**20 + 2), TooLarge),
    ],
)
def test_refusals(data: bytes, kind: type[Refusal]) -> None:
    with pytest.raises(kind):
        loadmon.read(data)


@pytest.mark.parametrize(
    "data",
    [
        made_tables.GERMAN_SEMICOLONS.encode(),
        gzip.compress(made_tables.GERMAN_SEMICOLONS.encode()),
        made_tables.xlsx({"x": [["Datum", "Dauer", "km", "Sport"], ["5.1.2026", "1:05:09", "12,5", "Lauf"]]}),
    ],
)
def test_a_table_waits_for_its_columns(data: bytes) -> None:
    with pytest.raises(ColumnsToConfirm, match="distance_unit='km'") as refusal:
        loadmon.read(data, name="log.csv")
    assert "loadmon.propose" in refusal.value.advice
    inner = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    sessions = loadmon.read(data, columns=loadmon.propose(inner).columns)
    assert sessions[0].totals.distance_m == 12_500.0
    assert sessions[0].source.format == "table"


def test_a_table_too_large_is_refused_as_a_table_and_a_text_as_a_text() -> None:
    rows = "date,duration,km,sport\n" + "2026-01-05,1:00:00,10,run\n" * 100_001
    with pytest.raises(TooLarge, match="100,000 rows"):
        loadmon.read(rows.encode(), name="log.csv")
    for wide in (b"date,duration" + b"," * 100_000, b"date,duration" + b"," * 1000):
        with pytest.raises(UnknownFormat, match="text"):
            loadmon.read(wide)
    with pytest.raises(UnknownFormat, match="text"):
        loadmon.read(("not, a, list, of, sessions\n" * 100_001).encode())


def test_an_accounts_own_table_by_itself() -> None:
    table = made_account.STRAVA_FILES["activities.csv"]
    columns = loadmon.propose(table).columns
    assert len(loadmon.read(table, columns=columns)) == 4
    from dataclasses import replace

    (by_hand,) = loadmon.read(table, columns=replace(columns, without="Filename"))
    assert by_hand.title == "By hand"


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_at_all_raise_anything_but_a_refusal(data: bytes) -> None:
    for start in (
        b"",
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"{",
        b'{"loadmon row of a session table":',
        b"\x0e\x10\x00\x00\x00\x00\x00\x00.FIT",
    ):
        try:
            assert loadmon.read(start + data)
        except Refusal:
            continue


@pytest.mark.parametrize("zone", ["Europe/Berln", "Mars", "", "../etc", "Europe"])
def test_a_home_zone_that_there_is_not_is_refused_and_not_taken_for_utc(zone: str) -> None:
    table = made_tables.csv("date,duration,km,sport", "2026-01-05,1:00:00,10,run")
    for asked in (
        lambda: loadmon.read(table, columns=loadmon.propose(table).columns, home_zone=zone),
        lambda: loadmon.sessions_from_table(table, loadmon.propose(table).columns, home_zone=zone),
        lambda: loadmon.inspect(table, home_zone=zone),
    ):
        with pytest.raises(UnknownZone) as refused:
            asked()
        assert zone in refused.value.what
        assert (refused.value.advice.startswith("Perhaps Europe/Berlin")) == (zone == "Europe/Berln")


def test_what_is_unclear_is_told_in_pythons_names_all_at_once() -> None:
    table = made_tables.csv("date,duration,distance", "2026-01-05,1:00:00,10")
    proposed = loadmon.propose(table).columns
    with pytest.raises(ColumnsToConfirm) as first:
        loadmon.read(table)
    with pytest.raises(ColumnUnclear) as second:
        loadmon.read(table, columns=proposed)
    for refusal in (first.value, second.value):
        assert "distance_unit='km' or distance_unit='mi'" in refusal.advice
        assert refusal.advice.endswith("all_sport='run'.")
        assert "--" not in str(refusal)
    (session,) = loadmon.read(table, columns=replace(proposed, distance_unit="km", all_sport="run"))
    assert session.totals.distance_m == 10_000.0
