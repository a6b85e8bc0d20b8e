"""Whole seasons at once: every session's facts, and every session's cadence windows, as tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import event

from loadmon.gait.windows import WINDOW_COLUMNS
from loadmon.load.heart_rate import HEART_RATE_BINS
from loadmon.measure import NO_SPEED
from loadmon.refusal import NotFound
from loadmon.store import Store, Viewer, runs, sessions, squad
from loadmon.store.packed import FLAT_FACTS, pack
from loadmon.tissue.exposure_bytes import exposure_from
from tests.store import made
from tests.store.made import two_runners

ALL = Viewer.everyone()


def test_a_season_is_one_table_by_one_query(store: Store) -> None:
    ana, bo = two_runners(store)
    asked: list[str] = []
    with store.read() as conn:
        event.listen(conn, "before_cursor_execute", lambda *words: asked.append(words[2]))
        runs = sessions.runs_table(conn, ALL)
    assert len([words for words in asked if words.startswith("SELECT")]) == 1
    assert len(runs) == 6
    assert runs["athlete_id"].tolist() == [ana] * 3 + [bo] * 3
    assert runs["start_utc"].tolist()[:3] == [made.START + timedelta(days=n) for n in range(3)]
    assert runs["local_day"].tolist()[0] == pd.Timestamp(2025, 3, 30)  # 00:30 on the runner's own clock
    wanted = {
        "start_utc": "datetime64[us, UTC]",
        "local_day": "datetime64[us]",
        "is_running": "bool",
        "indoor": "bool",
        "excluded": "bool",
        "sport": "str",
        "device": "str",
        "excluded_reason": "str",
        "distance_m": "float64",
        "ascent_m": "float64",
        "utc_offset_s": "float64",
        "session_id": "int64",
        "samples": "int64",
    }
    assert {name: str(runs[name].dtype) for name in wanted} == wanted
    facts = made.facts(made.session(0, samples=600))
    for name in set(FLAT_FACTS) - {"version", "measured", "local_day", "start_utc"}:
        value = getattr(facts, name)
        assert runs[name].iloc[0] == value or (value is None and pd.isna(runs[name].iloc[0])), name
    assert runs["ascent_m"].isna().all()


@pytest.mark.parametrize("what", [runs.runs_table, runs.windows, runs.heart_rate], ids=lambda what: what.__name__)
def test_more_runners_and_sessions_are_no_more_queries(store: Store, what: Callable[..., pd.DataFrame]) -> None:
    ana, bo = two_runners(store, 2)
    with store.write() as conn:
        for number in range(12):
            start = made.START + timedelta(days=30 + number)
            made.save(conn, ana, 1, made.session(5000 + number, start=start, samples=600))
    for whom in ([bo], [ana], None):
        asked: list[str] = []
        with store.read() as conn:
            event.listen(conn, "before_cursor_execute", lambda *words, asked=asked: asked.append(words[2]))
            assert len(what(conn, ALL, whom)) > 0
        assert len([words for words in asked if words.startswith("SELECT")]) == 1


def test_no_sessions_give_the_same_columns_and_kinds(store: Store) -> None:
    with store.read() as conn:
        empty = sessions.runs_table(conn, ALL)
        no_windows = sessions.windows(conn, ALL)
    two_runners(store, 1)
    with store.read() as conn:
        full = sessions.runs_table(conn, ALL)
    assert len(empty) == len(no_windows) == 0
    assert dict(empty.dtypes) == dict(full.dtypes)
    assert {"session_id", "athlete_id", "local_day"} <= set(no_windows.columns)


def test_a_season_is_cut_by_runner_and_by_day(store: Store) -> None:
    ana, bo = two_runners(store)
    with store.read() as conn:
        assert set(sessions.runs_table(conn, ALL, [bo])["athlete_id"]) == {bo}
        assert len(sessions.runs_table(conn, ALL, [])) == 0
        late = sessions.runs_table(conn, ALL, [ana], since=date(2025, 3, 31))
    assert late["local_day"].tolist() == [pd.Timestamp(2025, 3, 31), pd.Timestamp(2025, 4, 1)]


def test_windows_of_a_season_belong_to_their_sessions(store: Store) -> None:
    ana, _ = two_runners(store)
    with store.read() as conn:
        windows = sessions.windows(conn, ALL, [ana])
        runs = sessions.runs_table(conn, ALL, [ana])
    wanted = made.facts(made.session(0, samples=600)).cadence_windows
    first = windows[windows["session_id"] == runs["session_id"].iloc[0]]
    assert len(wanted) > 5
    np.testing.assert_allclose(first["cadence_spm"], wanted["cadence_spm"], rtol=6e-8)
    assert windows["local_day"].dtype == runs["local_day"].dtype
    joined = windows.merge(runs[["session_id", "local_day", "athlete_id"]], on="session_id", suffixes=("", "_of_run"))
    assert (joined["local_day"] == joined["local_day_of_run"]).all()
    assert (joined["athlete_id"] == joined["athlete_id_of_run"]).all()


def test_a_session_that_does_not_count_stays_in_the_table_and_says_why(store: Store) -> None:
    ana, _ = two_runners(store)
    with store.write() as conn:
        first = int(sessions.runs_table(conn, ALL, [ana])["session_id"].iloc[0])
        sessions.exclude(conn, Viewer.everyone(), first, "second watch on the same run")
        with pytest.raises(NotFound):
            sessions.exclude(conn, Viewer.everyone(), 999_999, "x")
        with pytest.raises(NotFound):
            sessions.exclude(conn, Viewer.runner(999_999), first, "x")
    with store.read() as conn:
        runs = sessions.runs_table(conn, ALL, [ana])
        assert runs["excluded"].tolist() == [True, False, False]
        assert runs["excluded_reason"].iloc[0] == "second watch on the same run"
        assert first not in set(sessions.windows(conn, ALL)["session_id"])
    with store.write() as conn:
        sessions.exclude(conn, Viewer.everyone(), first, None)
        assert not sessions.runs_table(conn, ALL)["excluded"].any()


def test_windows_of_nobody_have_their_columns(store: Store) -> None:
    with store.write() as conn:
        squad.add_athlete(conn, "Has not run yet")
    with store.read() as conn:
        found = sessions.windows(conn, ALL)
    assert list(found.columns) == ["session_id", "athlete_id", "local_day", *WINDOW_COLUMNS]
    assert found["treadmill"].dtype == bool
    assert len(found) == 0


def test_heart_rate_of_a_season_is_a_matrix_of_seconds(store: Store) -> None:
    ana, bo = two_runners(store)
    with store.write() as conn:
        mute = made.session(77, samples=600, start=made.START + timedelta(days=9))
        mute.stream["heart_rate_bpm"] = np.nan
        made.save(conn, ana, 1, mute)
    with store.read() as conn:
        runs_of_all = sessions.runs_table(conn, ALL)
        table = runs.heart_rate(conn, ALL)
        late = runs.heart_rate(conn, ALL, [bo], since=date(2025, 3, 31))
        nobody = runs.heart_rate(conn, ALL, [])
    with_heart = runs_of_all[runs_of_all["heart_rate_coverage"] > 0]
    assert len(runs_of_all) == 7
    assert table.index.tolist() == with_heart["session_id"].tolist()
    assert table.columns.tolist() == HEART_RATE_BINS.tolist()
    first = made.facts(made.session(0, samples=600)).heart_rate_seconds
    np.testing.assert_array_equal(table.iloc[0].to_numpy(), first)
    assert table.iloc[0].sum() == pytest.approx(599 * with_heart["heart_rate_coverage"].iloc[0])
    mean = (table * table.columns.to_numpy()).sum(axis=1) / table.sum(axis=1)
    assert mean.to_numpy() == pytest.approx(with_heart["mean_heart_rate_bpm"].to_numpy())
    assert (len(late), late.index.tolist()) == (2, with_heart["session_id"].tolist()[-2:])
    assert nobody.shape == (0, len(HEART_RATE_BINS))


def test_exposure_of_a_season_is_there_for_every_run_that_has_one(store: Store) -> None:
    ana, bo = two_runners(store)
    with store.write() as conn:
        mute = made.session(77, samples=600, start=made.START + timedelta(days=9))
        for name in ("speed_mps", "distance_m"):
            mute.stream[name] = np.nan
        silent = made.save(conn, ana, 1, mute)
    with store.read() as conn:
        table = sessions.runs_table(conn, ALL).set_index("session_id")
        kept = runs.exposures(conn, ALL)
        late = runs.exposures(conn, ALL, [bo], since=date(2025, 3, 31))
        assert runs.exposures(conn, ALL, []) == {}
    assert table["exposure_reason"].dropna().to_dict() == {silent: NO_SPEED}
    assert list(kept) == [number for number in table.index if number != silent]
    assert list(late) == table.index[table["athlete_id"] == bo].tolist()[-2:]
    fresh = made.facts(made.session(0, samples=600)).exposure
    assert fresh is not None
    first = exposure_from(next(iter(kept.values())))
    np.testing.assert_array_equal(first.cadence, fresh.cadence)
    np.testing.assert_allclose(first.amount, fresh.amount, rtol=2e-3)


def test_sessions_to_come_look_as_they_will_when_they_are_stored(store: Store) -> None:
    two_runners(store)
    with store.read() as conn:
        stored = runs.runs_table(conn, Viewer.everyone())
        found = [sessions.as_read(conn, Viewer.everyone(), number) for number in stored["session_id"]]
    packed = [(one.athlete.id, pack(one.session, one.facts)) for one in found]
    foreseen = runs.as_runs(packed)
    assert foreseen["session_id"].tolist() == [-1, -2, -3, -4, -5, -6]
    own = ["session_id", "batch_id"]
    pd.testing.assert_frame_equal(foreseen.drop(columns=own), stored.drop(columns=own))
    pd.testing.assert_frame_equal(runs.as_runs([]), stored.iloc[:0], check_index_type=False)
