"""Batches, their reports, and settings."""

from __future__ import annotations

from datetime import date

import pandas as pd

from loadmon.store import Store, Viewer, imports, squad
from loadmon.store.imports import FileReport, Outcome
from loadmon.store.preferences import preference, set_preference

ALL = Viewer.everyone()


def test_a_batch_is_counted_by_outcome(store: Store) -> None:
    with store.write() as conn:
        ana = squad.add_athlete(conn, "Ana").id
        first = imports.start_batch(conn, "nothing", is_sample=True)
        batch = imports.start_batch(conn, "squad.zip")
        imports.add_reports(conn, batch, [])
        imports.add_reports(
            conn,
            batch,
            [
                FileReport("a.fit", Outcome.IMPORTED, "0" * 64, 10, ana, sessions=2, local_day=date(2025, 1, 2), distance_m=5000.0, moving_s=1500.0, read_s=0.01),
                FileReport("b.fit", Outcome.REFUSED, "1" * 64, 0, reason="empty file", detail="It is empty.", advice="Export it again."),
                FileReport("c.fit", Outcome.DUPLICATE, "0" * 64, 10, ana, distance_m=float("nan")),
                FileReport("notes\udcff.pdf", Outcome.FOREIGN),
            ],
        )  # fmt: skip
    with store.read() as conn:
        running = imports.batches(conn, ALL).loc[batch]
        assert (running["state"], running["what"], pd.isna(running["finished"])) == ("running", "squad.zip", True)
    with store.write() as conn:
        imports.finish_batch(conn, batch)
    with store.read() as conn:
        table = imports.batches(conn, ALL)
        lines = imports.reports(conn, ALL, batch)
    assert table.index.tolist() == [batch, first]
    done = table.loc[batch]
    counts = {outcome.value: int(done[outcome.value]) for outcome in Outcome}
    some = {"imported": 1, "duplicate": 1, "refused": 1, "foreign": 1}
    assert counts == {outcome.value: some.get(outcome.value, 0) for outcome in Outcome}
    assert (done["state"], done["files"], done["sessions"], done["distance_m"]) == ("done", 4, 2, 5000.0)
    assert done["finished"] >= done["started"]
    assert str(table["started"].dtype) == "datetime64[us, UTC]"
    assert table.loc[first, "files"] == 0
    assert bool(table.loc[first, "is_sample"])

    assert lines["path"].tolist() == ["a.fit", "b.fit", "c.fit", "notes\\udcff.pdf"]
    assert lines["outcome"].tolist() == ["imported", "refused", "duplicate", "foreign"]
    assert lines["athlete"].tolist()[0] == "Ana"
    assert lines["athlete"].isna().tolist() == [False, True, False, True]
    assert lines["local_day"].tolist()[0] == pd.Timestamp(2025, 1, 2)
    assert lines["distance_m"].isna().tolist() == [False, True, True, True]
    assert lines.loc[1, ["reason", "detail", "advice"]].tolist() == ["empty file", "It is empty.", "Export it again."]


def test_a_report_without_lines_has_its_columns(store: Store) -> None:
    with store.read() as conn:
        lines = imports.reports(conn, ALL, 1)
        batches = imports.batches(conn, ALL)
    assert {"path", "outcome", "athlete", "local_day"} <= set(lines.columns)
    assert (len(lines), len(batches)) == (0, 0)


def test_a_setting_is_kept_changed_and_given_up(store: Store) -> None:
    with store.write() as conn:
        assert preference(conn, "units", "km") == "km"
        set_preference(conn, "units", "mi")
        set_preference(conn, "columns", ["week", "ratio"])
        set_preference(conn, "units", "km-and-mi")
        assert preference(conn, "units") == "km-and-mi"
        assert preference(conn, "columns") == ["week", "ratio"]
        set_preference(conn, "units", None)
        assert preference(conn, "units") is None


def test_which_files_are_known_and_which_are_tried_again(store: Store) -> None:
    stored, refused, ahead, never = ("a" * 64, "b" * 64, "c" * 64, "d" * 64)
    with store.write() as conn:
        batch = imports.start_batch(conn, "synced")
        lines = [
            FileReport("a.fit", Outcome.IMPORTED, stored, 10),
            FileReport("b.fit", Outcome.REFUSED, refused, 11, reason="damaged file"),
            FileReport("cut.zip", Outcome.REFUSED, None, 12, reason="damaged file"),
            FileReport("Ben/shut.fit", Outcome.REFUSED, None, 13, reason="unreadable"),
            FileReport("Cleo", Outcome.REFUSED, None, 0, reason="unreadable"),
            FileReport("Dora/gone.fit", Outcome.REFUSED, None, 14, reason="unreadable"),
        ]
        imports.add_reports(conn, batch, lines)
        look = imports.start_batch(conn, "a look ahead", planned=True)
        imports.add_reports(
            conn,
            look,
            [FileReport("c.fit", Outcome.IMPORTED, ahead, 15), FileReport("no.zip", Outcome.REFUSED, None, 16)],
        )
    asked = [
        ("other name.fit", 10, stored), ("b.fit", 11, refused), ("cut.zip", 12, None), ("cut.zip", 99, None),
        ("Ben/shut.fit", 13, None), ("c.fit", 15, ahead), ("no.zip", 16, None), ("e.fit", 10, never),
    ]  # fmt: skip
    with store.read() as conn:
        assert imports.told_of(conn, asked) == set(asked[:3])
    with store.write() as conn:
        imports.forget_unreadable(conn, batch, ["Ben/shut.fit", "Cleo/1.fit"])
    with store.read() as conn:
        left = imports.reports(conn, ALL, batch)["path"].tolist()
    assert left == ["a.fit", "b.fit", "cut.zip", "Dora/gone.fit"], "what is not at hand keeps its line"
