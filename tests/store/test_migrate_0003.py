"""From a store that knows nothing of load by heart rate to one that does: nothing is lost, old facts stay readable."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Engine, inspect, text, update

from loadmon.facts import FACTS_VERSION
from loadmon.gait.windows import BESIDE, WINDOW_COLUMNS
from loadmon.injury import Injury
from loadmon.intake.recompute import recompute
from loadmon.store import Store, Viewer, diary, imports, injury_record, runs, sessions, squad
from loadmon.store.codec import encode_windows
from loadmon.store.migrate import alembic_config, bring_up_to_date, revision_of
from loadmon.store.schema import WindowsRow
from tests.store import made
from tests.store.earlier import back_to, facts_columns

ALL = Viewer.everyone()
Rows = dict[str, list[tuple[object, ...]]]


def rows(engine: Engine) -> Rows:
    """Every row of every table by the names of its columns, as the database itself holds them."""
    held: Rows = {}
    with engine.connect() as conn:
        for table in inspect(conn).get_table_names():
            columns = [one["name"] for one in inspect(conn).get_columns(table)]
            for column in columns:
                found = conn.execute(text(f"SELECT {column} FROM {table} ORDER BY 1")).all()
                held[f"{table}.{column}"] = [tuple(row) for row in found]
    return held


@pytest.fixture
def old(store: Store) -> Store:
    """A store of revision 0002 with two runners, six sessions, limits, an injury and one session told by a table."""
    ana, bo = made.two_runners(store)
    with store.write() as conn:
        squad.set_threshold(conn, ana, "max_heart_rate_bpm", 190.0, date(2025, 1, 1))
        squad.set_threshold(conn, bo, "height_m", 1.8, date(2025, 1, 1))
        injury_record.add_injury(conn, ALL, Injury(bo, date(2025, 3, 1), None, "shin", "left", "sore"))
        conn.execute(text("UPDATE session SET effort = 6 WHERE id = 1"))
    back_to(store._writer, "0002")
    return store


def test_a_0002_store_loses_nothing(old: Store) -> None:
    before = rows(old._writer)
    with old.read() as conn:
        assert revision_of(conn) == "0002"
        assert {one["name"] for one in inspect(conn).get_columns("run_facts")} == facts_columns("0002")
    bring_up_to_date(old._writer)
    after = rows(old._writer)
    del before["alembic_version.version_num"], after["alembic_version.version_num"]
    assert {name: after[name] for name in before} == before
    new = {name: after[name] for name in set(after) - set(before)}
    assert new.pop("heart_rate_seconds.session_id") == new.pop("heart_rate_seconds.data") == []
    assert all(value == (None,) for values in new.values() for value in values)
    assert len(new["run_facts.grade_known"]) == 6


def test_old_facts_are_readable_until_they_are_computed_anew(old: Store) -> None:
    bring_up_to_date(old._writer)
    with old.read() as conn:
        table = runs.runs_table(conn, ALL)
        assert len(runs.heart_rate(conn, ALL)) == 0
        one = sessions.one(conn, ALL, 1)
        assert len(sessions.stale(conn, FACTS_VERSION)) == runs.out_of_date(conn, ALL, FACTS_VERSION) == 6
        assert runs.out_of_date(conn, Viewer.runner(one.athlete.id), FACTS_VERSION) == 3
        assert runs.out_of_date(conn, ALL, 3) == 0
    assert table["distance_m"].notna().all()
    assert table[["normalised_graded_mps", "weighted_power_w", "decoupling_pct"]].isna().all().all()
    assert not table["grade_known"].any()
    assert table["effort"].tolist()[0] == 6.0
    assert (one.facts.version, one.facts.grade_known, one.facts.weighted_power_w) == (3, False, None)
    assert len(one.facts.heart_rate_seconds) == 0
    assert len(one.session.stream) == 600


def test_windows_of_an_earlier_version_lack_nothing_that_is_asked_for(old: Store) -> None:
    """They were kept without dynamics; a run of before and one of after still make one table."""
    bring_up_to_date(old._writer)
    with old.read() as conn:
        whole = runs.windows(conn, ALL)
    first = int(whole["session_id"].iloc[0])
    early = whole[whole["session_id"] == first]
    with old.write() as conn:
        blob = encode_windows(early[[name for name in WINDOW_COLUMNS if name not in BESIDE]])
        conn.execute(update(WindowsRow).where(WindowsRow.session_id == first).values(data=blob))
    with old.read() as conn:
        mixed, alone = runs.windows(conn, ALL), runs.windows(conn, ALL, [1], columns=("speed_mps", "heart_rate_bpm"))
    assert list(mixed.columns) == list(whole.columns)
    assert mixed.dtypes.to_dict() == whole.dtypes.to_dict()
    lacking = mixed["session_id"] == first
    assert mixed.loc[lacking, list(BESIDE)].isna().all().all()
    pd.testing.assert_frame_equal(mixed[~lacking], whole[~lacking])
    pd.testing.assert_series_equal(mixed["speed_mps"], whole["speed_mps"])
    assert list(alone.columns) == ["session_id", "athlete_id", "local_day", "speed_mps", "heart_rate_bpm"]


def test_computed_anew_they_are_those_of_a_fresh_import(old: Store) -> None:
    bring_up_to_date(old._writer)
    assert recompute(old).done == 6
    with old.read() as conn:
        beats = runs.heart_rate(conn, ALL)
        table = runs.runs_table(conn, ALL)
        found = sessions.one(conn, ALL, int(table["session_id"].iloc[0]))
    fresh = made.facts(made.session(0, samples=600))
    assert found.facts == fresh
    np.testing.assert_array_equal(found.facts.heart_rate_seconds, fresh.heart_rate_seconds)
    pd.testing.assert_frame_equal(
        found.facts.cadence_windows, fresh.cadence_windows, rtol=6e-8, atol=1e-6, check_dtype=False
    )
    assert beats.index.tolist() == table["session_id"].tolist()
    assert beats.sum(axis=1).to_numpy() == pytest.approx(table["heart_rate_coverage"] * (600 - 1))


def test_an_older_session_read_again_gets_its_heart_rate(old: Store) -> None:
    """Its row for the seconds at each beat was never there: reading again must make it, not only change it."""
    from loadmon.store import renewal
    from loadmon.store.packed import pack

    bring_up_to_date(old._writer)
    session = made.session(0, samples=600)
    with old.write() as conn:
        number = int(runs.runs_table(conn, ALL)["session_id"].iloc[0])
        diary.tell_effort(conn, ALL, number, 8.0)
        for _ in range(2):
            renewal.replace_session(conn, number, pack(session, made.facts(session)))
    with old.read() as conn:
        assert runs.heart_rate(conn, ALL).index.tolist() == [number]
        assert sessions.one(conn, ALL, number).effort == 8.0  # no reading of a file takes away what was told


def test_what_people_told_of_runners_is_there_after_it(old: Store) -> None:
    bring_up_to_date(old._writer)
    with old.read() as conn:
        ana, bo = squad.athletes(conn, ALL)
        assert len(injury_record.injuries(conn, ALL)) == 1
    assert ana.threshold("max_heart_rate_bpm", date(2025, 2, 1)) == 190.0
    assert (bo.threshold("height_m", date(2025, 2, 1)), bo.sex, bo.load_order) == (1.8, None, None)


def test_it_follows_the_second(store: Store) -> None:
    from alembic.script import ScriptDirectory

    with store._writer.connect() as conn:
        script = ScriptDirectory.from_config(alembic_config(conn))
    assert [one.revision for one in script.walk_revisions()][-3:] == ["0003", "0002", "0001"]


def test_a_batch_of_an_old_store_is_still_the_same_import(old: Store) -> None:
    bring_up_to_date(old._writer)
    with old.write() as conn:
        batch = imports.start_batch(conn, "more")
        again = made.save(conn, 1, batch, made.session(0, samples=600))
    assert again is None  # the very same file of the very same store
