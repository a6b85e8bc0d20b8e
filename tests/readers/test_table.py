"""Session tables: columns are proposed, what can be read in two ways is asked for, and every row has its fate."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon.facts import facts_of
from loadmon.readers import table_grid, table_header
from loadmon.readers.table import propose, sessions_from_table, table_rows
from loadmon.readers.table_columns import TableColumns, columns_said
from loadmon.readers.table_grid import Cell, Grid, grids
from loadmon.readers.table_header import opened
from loadmon.readers.table_row import TableRow, is_kept_row, row_of, session_of_row
from loadmon.refusal import (
    ColumnUnclear,
    DamagedFile,
    NoSessionTable,
    Refusal,
    TooLarge,
    UnsafeContent,
)
from loadmon.session import OffsetOrigin, Session, Source, Sport
from tests.readers import made_tables as made


def taken(data: bytes, **said: Any) -> list[Session]:
    return sessions_from_table(data, dataclasses.replace(propose(data).columns, **said))


def names_of(session: Session) -> set[str]:
    return {oddity.name for oddity in session.oddities}


def test_german_semicolons_commas_and_sums() -> None:
    data = made.GERMAN_SEMICOLONS.encode()
    proposal = propose(data)
    assert not proposal.unclear
    assert proposal.columns.taken() == {
        "date": "Datum", "time": "Uhrzeit", "duration": "Dauer", "distance": "Distanz (km)", "sport": "Sportart",
        "mean_heart_rate": "Ø HF", "max_heart_rate": "Max. HF", "ascent": "Höhenmeter", "effort": "RPE",
        "name": "Bemerkung", "shoes": "Schuhe",
    }  # fmt: skip
    run, ride, strength = sessions_from_table(data, proposal.columns, home_zone="Europe/Berlin")
    assert run.start == datetime(2026, 1, 5, 5, 30, tzinfo=UTC)
    assert (run.utc_offset_s, run.offset_origin) == (3600, OffsetOrigin.USER)
    assert (run.elapsed_s, run.totals.distance_m, run.totals.ascent_m) == (3909.0, 12_500.0, 1120.0)
    assert (run.totals.mean_heart_rate_bpm, run.totals.max_heart_rate_bpm, run.effort) == (142.0, 171.0, 4.0)
    assert (run.title, run.shoes) == ("locker, mit Anna", "Pegasus")
    assert (ride.sport, ride.totals.distance_m) == (Sport.RIDE, 20_250.0)
    assert (strength.sport, strength.totals.distance_m, strength.elapsed_s) == (Sport.STRENGTH, None, 2700.0)
    assert "time of day not told" in names_of(strength)
    assert strength.local_day == date(2026, 1, 7)
    left = next(oddity for oddity in run.oddities if oddity.name == "rows left out")
    assert left.count == 1
    assert "row 6: it holds sums" in left.detail


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_encodings_and_delimiters(encoding: str, mark: str) -> None:
    lines = (
        mark.join(["Läufer", "Datum", "Dauer in min", "km", "Sportart"]),
        mark.join(["Zoë", "5.1.2026", "65,5", "12,5", "Lauf"]),
    )
    data = made.csv(*lines, encoding=encoding)
    (row,), left = table_rows(data, propose(data).columns)
    assert not left
    assert (row.runner, row.duration_s, row.distance_m, row.sport) == ("Zoë", 3930.0, 12_500.0, "run")


def test_the_delimiter_that_excel_writes_down() -> None:
    data = made.csv("sep=;", "date;duration;miles;sport", "2026-01-05;1:05:09;6,2;run")
    (session,) = taken(data)
    assert session.totals.distance_m == pytest.approx(6.2 * 1609.344)


def test_a_workbook_with_titles_above_its_names() -> None:
    rows: list[list[Any]] = [
        ["Training log of the season", None, None, None],
        [],
        ["Date", "Time", "Duration", "Distance [km]", "Sport"],
        [datetime(2026, 1, 5), time(6, 30), time(1, 5, 9), 12.5, "Run"],
        [46_028.25, None, timedelta(hours=25), 100, "Ultra run"],
        [datetime(2026, 1, 8, 7, 15), None, "PT1H5M", "8.5 mi", "trail running"],
        [],
        ["Total", None, timedelta(hours=27), 120, None],
    ]
    data = made.xlsx({"Notes": [["nothing", "here"]], "2026": rows}, merged="A1:B1")
    proposal = propose(data)
    assert (proposal.sheet, proposal.header_row, proposal.unclear) == ("2026", 3, ())
    first, second, third = sessions_from_table(data, proposal.columns)
    assert (first.start, first.elapsed_s) == (datetime(2026, 1, 5, 6, 30, tzinfo=UTC), 3909.0)
    assert (second.start, second.elapsed_s) == (datetime(2026, 1, 6, 6, 0, tzinfo=UTC), 90_000.0)
    assert (third.sport, third.elapsed_s) == (Sport.TRAIL_RUN, 3900.0)
    assert third.totals.distance_m == pytest.approx(8.5 * 1609.344)


def test_day_and_month_are_asked_for_and_never_guessed() -> None:
    head, row = "Date,Duration,Distance (km),Sport", "{},1:00:00,10,run"
    unsure = made.csv(head, row.format("03/04/2026"), row.format("05/06/2026"))
    (question,) = propose(unsure).unclear
    assert (question.field, question.column) == ("date", "Date")
    assert [choice for choice, _ in question.choices] == ["dmy", "mdy"]
    with pytest.raises(ColumnUnclear, match="“Date”") as refusal:
        sessions_from_table(unsure, propose(unsure).columns)
    assert refusal.value.name == "column unclear"
    assert "date_order='dmy' or date_order='mdy'" in refusal.value.advice
    assert taken(unsure, date_order="dmy")[0].local_day == date(2026, 4, 3)
    assert taken(unsure, date_order="mdy")[0].local_day == date(2026, 3, 4)
    told = made.csv(head, row.format("03/04/2026"), row.format("13/04/2026"))
    assert [session.local_day.day for session in taken(told)] == [3, 13]
    american = made.csv(head, row.format("03/04/2026 6:30 PM"), row.format("04/13/2026 6:30 AM"))
    assert [session.local_start.hour for session in taken(american)] == [18, 6]
    assert taken(american)[0].local_day == date(2026, 3, 4)
    short = made.csv(head, row.format("26-01-05"), row.format("26-01-06"))
    assert [choice for choice, _ in propose(short).unclear[0].choices] == ["dmy", "mdy", "ymd"]
    assert taken(short, date_order="ymd")[0].local_day == date(2026, 1, 5)
    assert taken(short, date_order="dmy")[0].local_day == date(2005, 1, 26)
    both = made.csv(head, row.format("13/04/2026"), row.format("04/13/2026"))
    assert propose(both).unclear[0].field == "date"


@pytest.mark.parametrize(
    ("names", "cells", "field"),
    [
        ("date,duration,distance,sport", "2026-01-05,1:00:00,10,run", "distance"),
        ("date,duration,km,sport", "2026-01-05,65,10,run", "duration"),
        ("date,duration,km,sport", "2026-01-05,0:45,10,run", "duration"),
        ("date,duration,km,sport", "2026-01-05,1:30,10,run\n2026-01-06,1:30:15,10,run", "duration"),
        ("date,duration,km,sport", '2026-01-05,1:00:00,"1,234",run', "decimal"),
        ("date,duration,km", "2026-01-05,1:00:00,10", "sport"),
        ("date,km,sport", "2026-01-05,10,run", "duration"),
        ("date,duration,km,type", "2026-01-05,1:00:00,10,Tempo\n2026-01-06,1:00:00,10,Easy", "sport"),
        ("duration,km,sport", "1:00:00,10,run", "date"),
        ("date,duration,miles,ascent,sport", "2026-01-05,1:00:00,6,500,run", "ascent"),
    ],
)
def test_what_is_open_is_asked_for(names: str, cells: str, field: str) -> None:
    data = made.csv(names, cells)
    assert [question.field for question in propose(data).unclear] == [field]
    with pytest.raises(ColumnUnclear):
        sessions_from_table(data, propose(data).columns)


@pytest.mark.parametrize(
    ("written", "unit", "seconds"),
    [
        ("1:05:09", None, 3909), ("65:09", None, 3909), ("65,5", "min", 3930), ("65.5", "min", 3930), ("PT1H5M", None, 3900),
        ("1h 5m 9s", None, 3909), ("1h05", None, 3900), ("65 min", None, 3900), ("65'30\"", None, 3930), ("1:05", "hm", 3900),
        ("1:05", "ms", 65), ("3909", "s", 3909), ("1.0858", "h", 3908.88), ("0:45:10.5", None, 2710.5), ("1 Std. 5 Min.", None, 3900),
        ("1d 02:30", None, 95_400), ("2 days 3:00:05", None, 183_605), ("1.02:03:04", None, 93_784),
    ],
)  # fmt: skip
def test_lengths_of_time(written: str, unit: str | None, seconds: float) -> None:
    data = made.csv("date;duration;sport", f"2026-01-05;{written};run")
    (session,) = taken(data, duration_unit=unit) if unit else taken(data)
    assert session.elapsed_s == pytest.approx(seconds)


def test_stravas_table() -> None:
    data = made.STRAVA.encode()
    proposal = propose(data)
    assert (proposal.service, proposal.unclear) == ("Strava", ())
    assert (proposal.columns.distance, proposal.columns.distance_unit) == ("Distance (2)", "m")
    run, swim = sessions_from_table(data, proposal.columns, home_zone="Europe/Berlin")
    assert run.start == datetime(2026, 1, 5, 23, 30, 12, tzinfo=UTC)
    assert run.local_day == date(2026, 1, 6)
    assert (run.totals.distance_m, run.moving_s, run.shoes, run.effort) == (12_503.4, 3800.0, "Pegasus", 4.0)
    assert run.totals.mean_cadence_spm == 173.0
    assert "cadence of one foot" in names_of(run)
    assert (swim.title, swim.totals.distance_m) == ("Pool, easy", 1500.0)


def test_garmins_table_tells_no_unit_and_a_track_is_in_metres() -> None:
    data = made.GARMIN.encode()
    proposal = propose(data)
    assert proposal.service == "Garmin Connect"
    assert [question.field for question in proposal.unclear] == ["distance", "ascent"]
    run, track = taken(data, distance_unit="km", ascent_unit="m")
    assert (run.totals.distance_m, run.elapsed_s, run.totals.ascent_m) == (12_500.0, 3960.0, 112.0)
    assert (track.totals.distance_m, track.totals.mean_heart_rate_bpm) == (None, None)
    assert "distance not plausible" in names_of(track)


def test_training_peaks_and_runalyze() -> None:
    (tempo,) = taken(made.TRAINING_PEAKS.encode())
    assert (tempo.totals.distance_m, round(tempo.elapsed_s), tempo.totals.mean_cadence_spm) == (12_500.0, 3909, 172.0)
    data = made.RUNALYZE.encode()
    proposal = propose(data)
    assert proposal.columns.effort is None
    assert [question.field for question in proposal.unclear] == ["sport"]
    said = columns_said("sport=all:run", tuple(c.name for c in proposal.found), proposal.columns)
    (session,) = sessions_from_table(data, said)
    assert session.start == datetime(2026, 1, 5, 6, 30, tzinfo=UTC)
    with pytest.raises(ColumnUnclear, match="over 10"):
        sessions_from_table(data, dataclasses.replace(said, effort="rpe"))


def test_two_sessions_of_a_day_without_times_do_not_overlap() -> None:
    data = made.csv("date,duration,km,sport", "2026-01-05,1:00:00,10,run", "2026-01-05,0:30:00,5,run")
    first, second = taken(data)
    assert first.start.hour == 12
    assert (second.start - first.start).total_seconds() > first.elapsed_s
    assert first.local_day == second.local_day


def test_columns_told_by_what_they_hold() -> None:
    data = made.csv(
        "start_time,Run (km),duration_s,sport,avg_hr,rpe (0-10)", "2026-01-05T06:30:00,12.5,3600,running,150,5"
    )
    (session,) = taken(data)
    assert (session.start, session.totals.distance_m) == (datetime(2026, 1, 5, 6, 30, tzinfo=UTC), 12_500.0)
    assert (session.totals.mean_heart_rate_bpm, session.effort) == (150.0, 5.0)


def test_kinds_of_run_are_no_sports() -> None:
    data = made.csv("date,duration,km,type", "2026-01-05,1:00:00,10,Tempo", "2026-01-06,1:00:00,10,Easy")
    assert "Tempo, Easy" in propose(data).unclear[0].question
    assert {session.sport for session in taken(data, all_sport="run")} == {Sport.RUN}
    mixed = made.csv(
        "date,duration,km,type", "2026-01-05,1:00:00,10,Run", "2026-01-06,1:00:00,,Yoga", "2026-01-07,1:00:00,,Blafasel"
    )
    run, yoga, unheard = taken(mixed)
    assert (run.sport, yoga.sport, unheard.sport) == (Sport.RUN, Sport.OTHER, Sport.UNKNOWN)
    assert "sport not known" in names_of(unheard) - names_of(run) - names_of(yoga)


def test_offsets_that_the_cells_tell() -> None:
    data = made.csv(
        "date,duration,km,sport", "2026-01-05T23:30:00-05:00,1:00:00,10,run", "2026-01-06T10:00:00Z,1:00:00,9,run"
    )
    first, second = sessions_from_table(data, propose(data).columns, home_zone="America/New_York")
    assert (first.start, first.utc_offset_s) == (datetime(2026, 1, 6, 4, 30, tzinfo=UTC), -18_000)
    assert first.offset_origin is OffsetOrigin.FILE
    assert (second.local_start.hour, second.offset_origin) == (5, OffsetOrigin.USER)


def test_facts_of_a_session_without_samples() -> None:
    run = taken(made.GERMAN_SEMICOLONS.encode())[0]
    facts = facts_of(run)
    assert facts.is_running
    assert (facts.distance_m, facts.distance_source, facts.samples) == (12_500.0, "table", 0)
    assert facts.mean_speed_mps == pytest.approx(12_500 / 3909)
    assert (facts.mean_heart_rate_bpm, facts.max_heart_rate_bpm, facts.heart_rate_coverage) == (142.0, 171.0, 0.0)
    assert facts.steps is None
    assert "table" in (facts.steps_reason or "")
    assert facts.cadence_windows.empty


def test_columns_in_words() -> None:
    names = ("Datum", "Distanz, gesamt", "Dauer", "Distance")
    said = columns_said("date=dmy:Datum,distance=km:Distanz, gesamt,duration=min:dauer,sport=all:trail run", names)
    assert said == TableColumns(
        date="Datum", date_order="dmy", distance="Distanz, gesamt", distance_unit="km", duration="Dauer",
        duration_unit="min", all_sport="trail run",
    )  # fmt: skip
    assert columns_said(said.words(), names) == said
    assert TableColumns.from_plain(said.plain()) == said
    assert columns_said("distance=mi", names, said).distance_unit == "mi"
    assert columns_said("distance=Distance", names, said).distance_unit is None
    assert columns_said("date=utc+mdy:Datum", names).clock == "utc"
    assert columns_said("duration=", names, said).duration is None
    for wrong in ("wings=Datum", "date=Nothing", "sport=all:flying", "decimal=x", "distance=km"):
        with pytest.raises(ColumnUnclear):
            columns_said(wrong, names)


def test_a_row_is_kept_and_read_back() -> None:
    (first, *_), _ = table_rows(made.GERMAN_SEMICOLONS.encode(), propose(made.GERMAN_SEMICOLONS.encode()).columns)
    kept = first.kept()
    assert is_kept_row(kept)
    assert row_of(kept) == dataclasses.replace(first, number=0)
    assert dataclasses.replace(first, number=99).kept() == kept
    for damaged in (
        kept[:-20],
        kept.replace(b"run", b"fly"),
        kept.replace(b"3909.0", b"-1.0"),
        b'{"loadmon row of a session table": []}',
    ):
        with pytest.raises(DamagedFile):
            row_of(damaged)


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "2026-01-05,1:00:00,10,run"
    many = ("\n".join(["date,duration,km,sport", *[line] * 100_001])).encode()
    with pytest.raises(TooLarge, match="100,000 rows"):
        propose(many)
    wide = made.csv("date,duration,km,sport" + ",x" * 500, line)
    with pytest.raises(TooLarge, match="400 columns"):
        propose(wide)
    monkeypatch.setattr(table_grid, "MAX_TABLE_ROWS", 20)
    rows = [["date", "duration", "km", "sport"], *[["2026-01-05", "1:00:00", 10, "run"]] * 21]
    with pytest.raises(TooLarge):
        propose(made.xlsx({"x": rows}))
    monkeypatch.setattr(table_grid, "MAX_TABLE_BYTES", 100)
    with pytest.raises(TooLarge, match="MB"):
        propose(many)


def rezipped(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == name else old.read(info))
    return out.getvalue()


def test_hostile_workbooks() -> None:
    book = made.xlsx({"x": [["date", "duration", "km", "sport"], ["2026-01-05", "1:00:00", 10, "run"]]})
    entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><styleSheet>&b;</styleSheet>'
    with pytest.raises(UnsafeContent):
        propose(rezipped(book, "xl/styles.xml", entity))
    with pytest.raises(TooLarge):
        propose(rezipped(book, "xl/styles.xml", b" " * 40_000_000))
    with pytest.raises(DamagedFile):
        propose(rezipped(book, "xl/workbook.xml", b"<nonsense"))
    with pytest.raises(Refusal):
        propose(book[:-200])


@pytest.mark.parametrize(
    "data", [b"", b"a,b\n1,2\n", b"\0\1\2" * 50, b"plain words\nand more\n", b"date\n2026-01-05\n"]
)
def test_what_is_no_list_of_sessions(data: bytes) -> None:
    with pytest.raises(NoSessionTable):
        propose(data)


CELLS = st.sampled_from(
    ["", "5.1.2026", "2026-01-05", "1/2/2026", "13/13/2026", "1:05:09", "65:09", "12,5", "1e400", "--", "run", "Total", "0", "-5",
     "99999999999999999999", "45000.5", "1700000000", '"', "Ø", "\u202f", "PT", "P99999999999D", "24:61", "nan", "∞", "12:00 PM"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=5, max_size=5), min_size=1, max_size=6))
def test_no_cells_at_all_raise_anything_but_a_refusal(rows: list[list[str]]) -> None:
    data = "\n".join(["date;time;duration;km;sport", *(";".join(row) for row in rows)]).encode()
    try:
        columns = dataclasses.replace(propose(data).columns, date_order="dmy", duration_unit="min", decimal=",")
        sessions = sessions_from_table(data, columns)
    except Refusal:
        return
    for session in sessions:
        assert 0 < session.elapsed_s <= 7 * 86_400
        assert facts_of(session).samples == 0


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_at_all_raise_anything_but_a_refusal(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"\xff\xfe", b"date,duration,km\n"):
        try:
            propose(start + data)
        except Refusal:
            continue
    with contextlib.suppress(DamagedFile):
        assert isinstance(row_of(b'{"loadmon row of a session table":' + data), TableRow)


def test_a_distance_without_a_time_is_kept_and_its_time_is_missing() -> None:
    data = made.csv(
        "Date;Start;Type;Time;Moving time;km",
        "2026-01-05;06:30;Run;;;8,2",
        "2026-01-06;06:30;Run;--;0:39:00;8,0",
        "2026-01-07;06:30;Run;0:00:00;;7,0",
        "2026-01-08;06:30;Run;;;0",
        "2026-01-09;06:30;Run;;;1200",
        "2026-01-10;06:30;Run;200:00:00;;9",
        "2026-01-11;;Run;;;5",
        "2026-01-11;;Run;;;6",
    )
    columns = dataclasses.replace(propose(data).columns, duration_unit="hm", moving_unit="hm")
    rows, left = table_rows(data, columns)
    assert [(row.number, row.distance_m) for row in rows] == [
        (2, 8200.0), (3, 8000.0), (4, 7000.0), (8, 5000.0), (9, 6000.0),
    ]  # fmt: skip
    assert {row.duration_s for row in rows} == {None}
    assert all(any(name == "length of time not told" for name, _ in row.odd) for row in rows)
    neither = "it has neither a duration nor a distance that can be read"
    assert [(one.number, one.why) for one in left] == [(5, neither), (6, neither), (7, "its duration is over a week")]
    assert rows[3].start < rows[4].start, "two of one day still stand one after the other"
    first, second = (session_of_row(row, Source("0", "x", "table", "r")) for row in rows[:2])
    assert np.isnan([first.elapsed_s, first.timer_s, first.moving_s, second.elapsed_s]).all()
    assert second.moving_s == 2340.0
    facts, known = facts_of(first), facts_of(second)
    assert (facts.distance_m, facts.elapsed_s, facts.timer_s, facts.moving_s) == (8200.0, None, None, None)
    assert facts.mean_speed_mps is None
    assert known.mean_speed_mps == pytest.approx(8000.0 / 2340.0)
    again = row_of(rows[0].kept())
    assert (again.duration_s, again.distance_m, again.start) == (None, 8200.0, rows[0].start)


def test_the_table_opened_last_is_kept_and_never_mistaken_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def counted(data: bytes, fits: Callable[[list[Cell]], int]) -> list[Grid]:
        read.append(len(data))
        return grids(data, fits)

    monkeypatch.setattr(table_header, "grids", counted)
    first, second = made.csv("date;duration;km", "2026-01-05;1:00;5"), made.csv("date;duration;km", "2026-01-05;1:00;6")
    assert opened(first) is opened(bytes(bytearray(first)))
    assert opened(second).rows != opened(first).rows
    assert len(read) == 3
    monkeypatch.setattr(table_header, "MOST_CELLS_KEPT", 2)
    assert opened(second).rows == opened(second).rows
    assert len(read) == 5, "a large one is read anew"
