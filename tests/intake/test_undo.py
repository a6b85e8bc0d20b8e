"""An import taken back: afterwards the store is what it was, or what it would be had that import never been."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, update

from loadmon.intake.assign import assign
from loadmon.intake.spool import sweep_originals
from loadmon.intake.undo import sentence, undo_import
from loadmon.store import Store, imports, open_store, schema, sessions, squad
from loadmon.store.undo import StillUnderWay, UndoneAlready
from tests.intake import made
from tests.intake.made import ALL, content, lay, report, take_in, team


def test_a_store_is_what_it_was(store: Store, tmp_path: Path) -> None:
    take_in(store, lay(tmp_path / "first", {"Anna Berg/9.fit": made.fit(9), "Anna Berg/x.fit": b"\0\0"}))
    before = content(store)
    done = take_in(store, lay(tmp_path / "second", team()))
    assert content(store) != before
    gone = undo_import(store, done.batch_id)
    assert content(store) == before
    assert (gone.sessions, gone.kept, gone.runners) == (12, 0, 2)
    assert sentence(gone) == "Import undone: 12 sessions taken out, 2 runners who came with it."


def test_what_a_later_import_offered_too_is_that_imports_now(store: Store, tmp_path: Path) -> None:
    files = team(2, 2)
    first = take_in(store, lay(tmp_path / "first", files))
    later = take_in(store, lay(tmp_path / "later", {name: files[name] for name in ("Anna Berg/0.fit", "Ben/1.fit")}))
    gone = undo_import(store, first.batch_id)
    assert (gone.sessions, gone.kept, gone.runners) == (2, 2, 0)
    lines = report(store, later)
    assert {line.outcome for line in lines.values()} == {"imported"}
    assert lines["Ben/1.fit"].sessions == 1
    assert lines["Ben/1.fit"].distance_m > 0
    assert undo_import(store, later.batch_id).sessions == 2
    assert content(store) == content(open_store(None, tmp_path / "empty"))


def test_what_was_answered_and_offered_again_stays_like_the_rest(store: Store, tmp_path: Path) -> None:
    """A file whose owner only an answer told is no less the later import's than one that its folder told."""
    folder = lay(tmp_path / "t", {"Cem/1.fit": made.fit(1), "Dora/2.fit": made.fit(2), "loose.fit": made.fit(3)})
    first = take_in(store, folder)
    assign(store, ["loose.fit"], "Cem")
    later = take_in(store, folder)
    line = report(store, later)["loose.fit"]
    assert (line.outcome, line.athlete) == ("duplicate", "Cem")
    gone = undo_import(store, first.batch_id)
    assert (gone.sessions, gone.kept, gone.runners) == (0, 3, 0)
    lines = report(store, later)
    assert {path: (line.outcome, line.athlete, line.sessions) for path, line in lines.items()} == {
        "Cem/1.fit": ("imported", "Cem", 1), "Dora/2.fit": ("imported", "Dora", 1), "loose.fit": ("imported", "Cem", 1),
    }  # fmt: skip


def test_a_line_of_old_that_names_nobody_keeps_it_too(store: Store, tmp_path: Path) -> None:
    folder = lay(tmp_path / "t", {"Cem/1.fit": made.fit(1), "loose.fit": made.fit(3)})
    first = take_in(store, folder)
    assign(store, ["loose.fit"], "Dora")
    later = take_in(store, folder)
    with store.write() as conn:
        line = schema.FileReportRow
        conn.execute(update(line).where(line.batch_id == later.batch_id).values(athlete_id=None))
    assert undo_import(store, first.batch_id).kept == 2
    assert {path: line.athlete for path, line in report(store, later).items()} == {
        "Cem/1.fit": "Cem",
        "loose.fit": "Dora",
    }


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sets(st.integers(0, 5), min_size=1), min_size=2, max_size=3), st.data())
def test_as_if_it_had_never_been(tmp_path_factory: pytest.TempPathFactory, offered: list[set[int]], data) -> None:  # type: ignore[no-untyped-def]
    """Whatever was imported before and after, undoing one import leaves what the others alone would have brought."""
    place = tmp_path_factory.mktemp("undo")
    files = list(team(3, 2).items())
    folders = [lay(place / f"given {n}", dict(files[i] for i in chosen)) for n, chosen in enumerate(offered)]
    out = data.draw(st.integers(0, len(offered) - 1))
    all_of_them, without = (open_store(None, place / name) for name in ("all", "without"))
    batches = [take_in(all_of_them, folder).batch_id for folder in folders]
    for number, folder in enumerate(folders):
        if number != out:
            take_in(without, folder)
    undo_import(all_of_them, batches[out])
    assert content(all_of_them) == content(without)
    all_of_them.close()
    without.close()


def test_a_runner_of_whom_something_was_told_stays(store: Store, tmp_path: Path) -> None:
    done = take_in(store, lay(tmp_path / "given", team(2, 1)))
    with store.write() as conn:
        anna, _ = squad.athletes(conn, ALL)
        squad.set_threshold(conn, anna.id, "mass_kg", 60.0, date(2026, 1, 1))
    assert undo_import(store, done.batch_id).runners == 1
    with store.read() as conn:
        assert [a.name for a in squad.athletes(conn, ALL)] == [anna.name]
        assert sessions.runs_table(conn, ALL).empty


def test_one_that_is_under_way_or_undone_is_refused(store: Store, tmp_path: Path) -> None:
    with store.write() as conn:
        running = imports.start_batch(conn, "just begun")
    with pytest.raises(StillUnderWay):
        undo_import(store, running)
    done = take_in(store, lay(tmp_path / "given", team(1, 1)))
    undo_import(store, done.batch_id)
    with pytest.raises(UndoneAlready):
        undo_import(store, done.batch_id)


def test_a_channel_borrowed_from_it_is_told(store: Store, tmp_path: Path) -> None:
    """Who had borrowed from a session that goes is named, so that its facts are computed anew; the loan itself is gone."""
    take_in(store, lay(tmp_path / "first", {"Anna/1.fit": made.fit(1)}))
    done = take_in(store, lay(tmp_path / "second", {"Anna/2.fit": made.fit(2)}))
    with store.write() as conn:
        base, other = sessions.runs_table(conn, ALL)["session_id"]
        row = {"session_id": int(base), "other_id": int(other), "kind": "channels of another recording", "params": "{}"}
        conn.execute(
            insert(schema.CorrectionRow),
            row | {"reason": "r", "made_by": "rule", "created": schema.now(), "removed": None},
        )
    assert undo_import(store, done.batch_id).bases == (base,)
    assert content(store)["correction"] == []


def test_a_file_left_by_a_kill_between_rows_and_files_is_swept(store: Store, tmp_path: Path) -> None:
    take_in(store, lay(tmp_path / "given", team(1, 2)))
    before = content(store)
    left = store.originals.keep(b"an undo was killed before it removed this")
    assert sweep_originals(store) == 0, "a young one may belong to an import that is about to write its rows"
    assert sweep_originals(store, older_than_s=0.0) == 1
    assert left not in store.originals
    assert content(store) == before
