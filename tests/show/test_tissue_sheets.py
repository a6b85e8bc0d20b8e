"""Tissue sheets through a real store: what is taken out, put right or recorded twice counts as it does everywhere."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import delete

from loadmon.correction import Correction, CorrectionKind
from loadmon.finding import Finding
from loadmon.intake import correct
from loadmon.intake.undo import undo_import
from loadmon.measure import FACTS_WAIT, NO_SAMPLES, NOT_COUNTED
from loadmon.session import Session
from loadmon.show.tissue_sheets import tissue_calls, tissue_run, tissue_sheets
from loadmon.store import Role, Store, Viewer, diary, findings, imports, open_store, sessions, squad
from loadmon.store.schema import ExposureRow, StreamRow
from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.kept_loads import KeptLoads
from loadmon.tissue.ledger import TissueDay
from loadmon.tissue.sheet import TissueSheet
from loadmon.units import Units
from tests.facts.made import made
from tests.repair.test_corrected import table_row
from tests.store.made import fingerprint, save

ALL = Viewer.everyone()
FIRST = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
AT = FIRST + timedelta(days=20, hours=12)
TODAY = AT.date()
T = np.arange(1201)


def run(number: int, days: float, *, slope: float = 0.0, seconds: int = 1201, **columns: Any) -> Session:
    """Twenty minutes at 3 m/s so many days after the first."""
    t = T[:seconds]
    told = {"speed_mps": 3.0, "distance_m": 3.0 * t, "altitude_m": 100 + 3.0 * slope * t, "cadence_spm": 170.0}
    one = made(t, **(told | columns))
    return at_time(one, number, FIRST + timedelta(days=days))


def at_time(one: Session, number: int, start: datetime) -> Session:
    """The session of another file, begun at another time."""
    stream = one.stream.assign(timestamp=pd.Timestamp(start) + pd.to_timedelta(one.stream["t_s"], unit="s"))
    source = dataclasses.replace(one.source, sha256=fingerprint(number))
    return dataclasses.replace(one, start=start, stream=stream, source=source, utc_offset_s=0)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ana ran on five days, the last uphill; Bo once. Two imports: Ana's last two came with the second."""
    home = tmp_path_factory.mktemp("tissues") / "home"
    opened = open_store(None, home)
    with opened.write() as conn:
        ana, bo = (squad.add_athlete(conn, name).id for name in ("Ana", "Bo"))
        first, second = (imports.start_batch(conn, name) for name in ("first", "second"))
        for number, (day, slope) in enumerate(((0, 0), (3, 0), (6, 0), (9, 0.0), (12, 0.06))):
            save(conn, ana, first if number < 3 else second, run(number, day, slope=slope))
        save(conn, bo, first, run(50, 1))
        for batch in (first, second):
            imports.finish_batch(conn, batch)
    opened.close()
    return home


@pytest.fixture
def store(template: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of it, to be changed."""
    shutil.copytree(template, tmp_path / "home")
    opened = open_store(None, tmp_path / "home")
    yield opened
    opened.close()


def ana(store: Store, viewer: Viewer = ALL, **more: Any) -> TissueSheet:
    return tissue_sheets(store, viewer, AT, [1], **({"draws": None} | more))[1]


def test_everyone_a_viewer_may_see_has_a_sheet_and_nobody_else(store: Store) -> None:
    assert set(tissue_sheets(store, ALL, AT, draws=None)) == {1, 2}
    assert set(tissue_sheets(store, Viewer.runner(2), AT, draws=None)) == {2}
    assert tissue_sheets(store, Viewer(Role.COACH, frozenset()), AT, draws=None) == {}
    assert tissue_sheets(store, Viewer.runner(2), AT, [1], draws=None) == {}
    assert set(tissue_calls(store, Viewer.runner(1), AT)) == {1}


def test_days_and_runs_are_those_of_the_store(store: Store) -> None:
    found = ana(store)
    assert found.runs.day == [date(2026, 3, 2) + timedelta(days=n) for n in (0, 3, 6, 9, 12)]
    assert found.runs.distance_m == pytest.approx([3600] * 5, rel=2e-3)
    assert found.today == TODAY
    assert len(found.days.known) == 21
    achilles = found.runs.damage_m[:, found.tissues.index("achilles")]
    assert achilles[-1] > 1.3 * achilles[0]
    assert found.days.state_on(date(2026, 3, 3)) is TissueDay.NO_RUN
    assert ana(store, on=date(2026, 3, 8)).runs.day == found.runs.day[:3]


def test_other_coefficients_need_no_stream(store: Store) -> None:
    numbers = default_coefficients()
    achilles = numbers.tissue["achilles"]
    steeper = achilles.model_copy(update={"peak_slope": achilles.peak_slope.model_copy(update={"value": 3.0})})
    other = numbers.model_copy(update={"tissue": {**numbers.tissue, "achilles": steeper}})
    before = ana(store).runs.damage_m
    with store.write() as conn:
        conn.execute(delete(StreamRow))
    after = ana(store, coefficients=other).runs.damage_m
    np.testing.assert_array_equal(ana(store).runs.damage_m, before)
    np.testing.assert_array_equal(after[:, 1:], before[:, 1:])
    assert after[-1, 0] > 1.5 * before[-1, 0]
    assert after[0, 0] == pytest.approx(before[0, 0], rel=1e-3)


def test_a_finding_changes_only_days_from_its_date(store: Store) -> None:
    before = ana(store)
    with store.write() as conn:
        noted = Finding(1, "forefoot", date(2026, 3, 9), "Eva Lind")
        number = findings.add_finding(conn, ALL, noted, today=TODAY)
    after = ana(store)
    np.testing.assert_array_equal(after.runs.damage_m[:3], before.runs.damage_m[:3])
    assert (after.runs.damage_m[3:, 0] > 1.2 * before.runs.damage_m[3:, 0]).all()
    assert [one.finding for one in after.notes] == ["forefoot"]
    assert ana(store, on=date(2026, 3, 8)).notes == ()
    with store.write() as conn:
        findings.remove_finding(conn, ALL, number)
    np.testing.assert_array_equal(ana(store).runs.damage_m, before.runs.damage_m)


def test_undoing_an_import_takes_its_exposure_out_of_every_day(store: Store) -> None:
    before = ana(store)
    undo_import(store, 2)
    after = ana(store)
    assert after.runs.day == before.runs.day[:3]
    row = before.days.row_of(before.runs.day[3])
    assert (before.days.damage_m[row] > 0).all()
    assert (after.days.damage_m[row] == 0).all()
    assert after.days.state_on(before.runs.day[3]) is TissueDay.NO_RUN
    with store.read() as conn:
        assert len(conn.execute(ExposureRow.__table__.select()).all()) == 4  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "params", "changed"),
    [
        (CorrectionKind.CROP, {"from_s": 0.0, "to_s": 600.0}, lambda now, was: now == pytest.approx(0.5 * was, rel=0.03)),
        (CorrectionKind.DISTANCE, {"distance_m": 3240.0}, lambda now, was: (now < was).all()),
        (CorrectionKind.CHANNEL_OUT, {"channel": "altitude_m"}, lambda now, was: now[0] < 0.8 * was[0]),
    ],
    ids=["cropped", "shorter", "without heights"],
)  # fmt: skip
def test_a_run_put_right_changes_the_ledger_and_taken_back_it_does_not(
    store: Store, kind: CorrectionKind, params: dict[str, Any], changed: Any
) -> None:
    kept = KeptLoads()
    before = ana(store, kept=kept)
    number = int(before.runs.session_id[-1])
    with store.write() as conn:
        made_right = correct.correct(conn, ALL, number, Correction(kind, params, "put right"))
    after = ana(store, kept=kept)
    np.testing.assert_array_equal(after.days.damage_m[:-9], before.days.damage_m[:-9])
    row = before.days.row_of(before.runs.day[-1])
    assert changed(after.days.damage_m[row], before.days.damage_m[row])
    with store.write() as conn:
        correct.take_back(conn, ALL, made_right)
    np.testing.assert_array_equal(ana(store, kept=kept).days.damage_m, before.days.damage_m)


def test_a_second_recording_and_a_session_taken_out_count_once_and_not_at_all(store: Store) -> None:
    before = ana(store)
    with store.write() as conn:
        twin = save(conn, 1, 1, run(90, 3.0002, heart_rate_bpm=150.0))
        out = save(conn, 1, 1, run(91, 15))
        ahead = save(conn, 1, 1, run(92, 400))
        correct.exclude(conn, ALL, int(out or 0), "lay in the car")
    after = ana(store)
    np.testing.assert_array_equal(after.days.runs, before.days.runs)
    np.testing.assert_allclose(after.days.damage_m, before.days.damage_m, rtol=1e-6)
    assert twin in after.runs.session_id
    assert not {out, ahead} & set(after.runs.session_id.tolist())
    assert tissue_run(store, ALL, after, int(out or 0)) == (None, NOT_COUNTED)


def test_what_was_not_recorded_is_no_zero_and_says_why(store: Store) -> None:
    with store.write() as conn:
        told = at_time(table_row(), 70, FIRST + timedelta(days=14))
        row = save(conn, 1, 1, dataclasses.replace(told, stream=told.stream.iloc[:0]))
        diary.add_unknown_days(conn, ALL, 1, date(2026, 3, 4), date(2026, 3, 6), "watch lost")
        waits = int(ana(store).runs.session_id[1])
        conn.execute(delete(ExposureRow).where(ExposureRow.session_id == waits))
    found = ana(store)
    day = (FIRST + timedelta(days=14)).date()
    assert found.lacking == {day: (NO_SAMPLES,), found.runs.day[1]: (FACTS_WAIT,)}
    assert found.days.state_on(day) is TissueDay.PARTLY
    assert found.days.state_on(date(2026, 3, 4)) is TissueDay.UNKNOWN
    assert not found.days.known[found.days.row_of(date(2026, 3, 4))]
    assert tissue_run(store, ALL, found, int(row or 0)) == (None, NO_SAMPLES)
    assert tissue_run(store, ALL, found, waits) == (None, FACTS_WAIT)


def test_a_run_is_told_in_a_sentence_with_what_was_assumed(store: Store) -> None:
    kept = KeptLoads()
    found = ana(store, draws=64, kept=kept)
    told, reason = tissue_run(store, ALL, found, int(found.runs.session_id[-1]), kept=kept)
    assert told is not None
    assert reason is None
    sentence = told.sentence(Units(), interval=True)
    assert sentence is not None
    assert sentence.startswith("3.6 km, uphill: ")
    assert "Achilles-km (" in sentence
    assert "height assumed" in told.flags
    damage = {one.tissue: one.damage_m for one in told.tissues}
    for place, tissue in enumerate(found.tissues):
        assert found.runs.damage_m[-1, place] == pytest.approx(damage[tissue], rel=1e-5)
        row = found.runs.damage_quantiles_m[:, -1, place]
        assert row[0] <= row[1] <= row[2]
    stranger = tissue_run(store, Viewer.runner(2), found, int(found.runs.session_id[-1]))
    assert stranger == (None, FACTS_WAIT)


def test_what_changed_elsewhere_is_not_told_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from loadmon.tissue import kept_loads

    kept, counts, whole = KeptLoads(), [], kept_loads.told_and_drawn

    def counted(cells, *others):  # type: ignore[no-untyped-def]
        counts.append(len(cells.lengths))
        return whole(cells, *others)

    monkeypatch.setattr(kept_loads, "told_and_drawn", counted)
    tissue_sheets(store, ALL, AT, kept=kept)
    with store.write() as conn:
        diary.add_unknown_days(conn, ALL, 1, date(2026, 3, 4), date(2026, 3, 4), "")
        save(conn, 2, 1, run(60, 5, slope=0.01))
    tissue_sheets(store, ALL, AT, kept=kept)
    assert counts == [2, 1], "the same run at another time, or of another runner, is told once"
    with store.read() as conn:
        assert len(sessions.runs_table(conn, ALL)) == 7
