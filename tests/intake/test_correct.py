"""Corrections kept and taken back: facts follow, whatever is read or computed anew, and everything is as it was before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from loadmon.correction import Correction, CorrectionKind, MadeBy
from loadmon.facts import FACTS_VERSION
from loadmon.intake import correct
from loadmon.intake.read_again import read_again
from loadmon.intake.recompute import recompute
from loadmon.refusal import NotFound, Refusal
from loadmon.store import Store, Viewer, corrections, open_store, preferences, runs, sessions
from loadmon.store.schema import Base, CorrectionRow, FactsRow, SessionRow, StreamRow
from tests.intake import made as made_files
from tests.readers import made_xml
from tests.store import made

K, ALL = CorrectionKind, Viewer.everyone()
HEART_OUT = Correction(K.CHANNEL_OUT, {"channel": "heart_rate_bpm"}, "strap slipped")
CROP = Correction(K.CROP, {"from_s": 60.0, "to_s": 300.0}, "drove home")


def spiked_tcx() -> bytes:
    """Four minutes whose heart rate jumps away for three seconds."""
    points = made_xml.tcx(made_xml.activity(n=240)).split("<Trackpoint>")
    for second in (100, 101, 102):
        points[second] = points[second].replace("<Value>150</Value>", "<Value>199</Value>", 1)
    return "<Trackpoint>".join(points).encode()


def told(store: Store, session_id: int = 1) -> Any:
    """A session as it comes out of the store."""
    with store.read() as conn:
        return sessions.one(conn, ALL, session_id)


def rows(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but for what tells of corrections themselves."""
    with store.read() as conn:
        return {
            name: sorted((tuple(row) for row in conn.execute(select(table))), key=repr)
            for name, table in Base.metadata.tables.items()
            if name not in ("correction", "change_counter")
        }


def test_a_crop_is_in_the_facts_and_taken_back_again(store: Store) -> None:
    made.two_runners(store, 1)
    before = rows(store)
    with store.write() as conn:
        number = correct.correct(conn, ALL, 1, CROP)
    stored = told(store)
    with store.read() as conn:
        read = sessions.as_read(conn, ALL, 1)
    assert stored.session.elapsed_s <= 241 < read.session.elapsed_s
    assert stored.facts.elapsed_s == stored.session.elapsed_s
    assert [c.reason for c in stored.corrections] == ["drove home"]
    assert "drove home" in stored.session.oddities[-1].detail
    assert stored.totals == read.session.totals, "what the device said stays said"
    with store.write() as conn:
        correct.take_back(conn, ALL, number)
    assert rows(store) == before
    with store.write() as conn:
        correct.put_back(conn, ALL, number)
    assert told(store).facts == stored.facts


def test_another_viewer_finds_nothing(store: Store) -> None:
    ana, bo = made.two_runners(store, 1)
    with store.write() as conn, pytest.raises(NotFound):
        correct.correct(conn, Viewer.runner(bo), 1, HEART_OUT)
    with store.write() as conn:
        number = correct.correct(conn, Viewer.runner(ana), 1, HEART_OUT)
    for forbidden in (correct.take_back, correct.put_back):
        with store.write() as conn, pytest.raises(NotFound):
            forbidden(conn, Viewer.runner(bo), number)
    with store.read() as conn:
        assert corrections.of_session(conn, Viewer.runner(bo), 1) == []


def test_channels_of_another_recording_come_with_its_own_corrections(store: Store) -> None:
    ana, _ = made.two_runners(store, 1)
    other = made.session(77, samples=600)
    other.stream["heart_rate_bpm"] = np.linspace(100, 150, 600)
    with store.write() as conn:
        second = made.save(conn, ana, 1, other)
        assert second is not None
        borrow = Correction(K.BORROW, {"channels": ["heart_rate_bpm"]}, "chest strap", other_id=second)
        correct.correct(conn, ALL, 1, borrow)
    assert told(store).session.stream["heart_rate_bpm"].iloc[0] == 100
    assert told(store).facts.max_heart_rate_bpm == 150
    with store.write() as conn:
        correct.correct(conn, ALL, second, HEART_OUT)
    assert told(store).facts.max_heart_rate_bpm != 150, "the facts of who borrows follow"


@pytest.mark.parametrize(
    ("kind", "params"),
    [
        (K.CROP, {"from_s": 1e6}),
        (K.CROP, {}),
        (K.PAUSE, {"from_s": 30, "to_s": 20}),
        (K.DISTANCE, {"distance_m": 0}),
        (K.DISTANCE, {"distance_m": 100_000}),
        (K.CHANNEL_OUT, {"channel": "power_w"}),
        (K.CHANNEL_OUT, {}),
        (K.SPIKES, {"channel": "altitude_m"}),
        (K.CLOCK, {"zone": "Europe/Atlantis"}),
        (K.CLOCK, {"utc_offset_s": 90_000}),
        (K.CLOCK, {"shift_s": 1e13}),
        (K.CLOCK, {}),
        (K.LOAD, {"measure": "miles", "value": 3}),
        (K.LOAD, {"measure": "points", "value": float("nan")}),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_kept(store: Store, kind: K, params: dict[str, Any]) -> None:
    made.two_runners(store, 1)
    with pytest.raises(Refusal), store.write() as conn:
        correct.correct(conn, ALL, 1, Correction(kind, params))
    with store.read() as conn:
        assert corrections.of_session(conn, ALL, 1, removed=True) == []


def test_a_zone_puts_the_run_on_its_own_day_and_in_its_place(store: Store) -> None:
    made.two_runners(store, 2)  # 29 and 30 March 2025, each 23:30 UTC on a clock an hour ahead
    with store.write() as conn:
        correct.correct(conn, ALL, 1, Correction(K.CLOCK, {"zone": "America/New_York"}, "away"))
    assert told(store).facts.utc_offset_s == -14_400
    assert str(told(store).facts.local_day) == "2025-03-29"
    with store.write() as conn:
        correct.correct(conn, ALL, 1, Correction(K.CLOCK, {"shift_s": 2 * 86_400}, "set wrong"))
    with store.read() as conn:
        table = runs.runs_table(conn, ALL, [1])
        assert table["session_id"].tolist() == [3, 1], "by when they really were"
        assert table["start_utc"].is_monotonic_increasing
        assert str(table["local_day"].iloc[1].date()) == "2025-03-31"
        windows = runs.windows(conn, ALL, [1])
        assert windows.drop_duplicates("session_id")["session_id"].tolist() in ([3, 1], [])


def test_what_a_rule_corrects_is_in_the_facts_at_once_and_said_in_the_report(store: Store, tmp_path: Path) -> None:
    done = made_files.take_in(store, made_files.lay(tmp_path / "team", {"Anna/spiked.tcx": spiked_tcx()}))
    stored = told(store)
    assert stored.facts.max_heart_rate_bpm == 150
    assert [(c.kind, c.made_by) for c in stored.corrections] == [(K.SPIKES, MadeBy.RULE)]
    with store.read() as conn:
        assert sessions.as_read(conn, ALL, 1).session.stream["heart_rate_bpm"].max() == 199
    assert "spikes left out" in made_files.report(store, done)["Anna/spiked.tcx"].oddities


def test_a_rule_that_may_not_act_only_suggests(store: Store, tmp_path: Path) -> None:
    with store.write() as conn:
        preferences.set_rules(conn, [K.CADENCE_LOCK])
    done = made_files.take_in(store, made_files.lay(tmp_path / "team", {"Anna/spiked.tcx": spiked_tcx()}))
    assert told(store).corrections == () and told(store).facts.max_heart_rate_bpm == 199
    assert "spikes suggested" in made_files.report(store, done)["Anna/spiked.tcx"].oddities
    with store.write() as conn:
        preferences.set_rules(conn, None)
        with pytest.raises(Refusal):
            preferences.set_rules(conn, ["load"])
    read_again(store)
    assert told(store).facts.max_heart_rate_bpm == 150


def test_read_again_and_recomputed_it_stays_corrected(store: Store, tmp_path: Path) -> None:
    made_files.take_in(
        store, made_files.lay(tmp_path / "team", {"Anna/a.fit": made_files.fit(n=600), "Anna/b.tcx": spiked_tcx()})
    )
    with store.write() as conn:
        correct.correct(conn, ALL, 1, CROP)
        correct.correct(conn, ALL, 2, HEART_OUT)
    before = rows(store)
    with store.write() as conn:
        conn.execute(update(FactsRow).values(version=-1, distance_m=1.0))
    assert recompute(store).done == 2
    assert rows(store) == before
    with store.write() as conn:
        conn.execute(update(StreamRow).values(data=b""))
        conn.execute(update(FactsRow).values(version=FACTS_VERSION, distance_m=2.0))
        conn.execute(update(SessionRow).values(elapsed_s=1.0))
    with store.read() as conn:
        kept = corrections.of_session(conn, ALL, 1)
    assert read_again(store).left == 0
    after = rows(store)
    assert {name: after[name] for name in after if name != "session_oddity"} == {
        name: before[name] for name in before if name != "session_oddity"
    }
    with store.read() as conn:
        assert corrections.of_session(conn, ALL, 1) == kept


def test_what_a_person_took_back_of_a_rule_stays_taken_back(store: Store, tmp_path: Path) -> None:
    made_files.take_in(store, made_files.lay(tmp_path / "team", {"Anna/spiked.tcx": spiked_tcx()}))
    (rule,) = told(store).corrections
    with store.write() as conn:
        correct.take_back(conn, ALL, rule.id)
    assert told(store).facts.max_heart_rate_bpm == 199
    read_again(store)
    assert told(store).facts.max_heart_rate_bpm == 199
    assert told(store).corrections == ()
    with store.read() as conn:
        assert len(corrections.of_session(conn, ALL, 1, removed=True)) == 1
    with store.write() as conn:
        correct.put_back(conn, ALL, rule.id)
    assert told(store).facts.max_heart_rate_bpm == 150


def test_what_a_rule_finds_no_more_goes_and_a_person_s_stays(store: Store, tmp_path: Path) -> None:
    made_files.take_in(store, made_files.lay(tmp_path / "team", {"Anna/spiked.tcx": spiked_tcx()}))
    with store.write() as conn:
        correct.correct(conn, ALL, 1, Correction(K.DISTANCE, {"distance_m": 700.0}, "by the map"))
        preferences.set_rules(conn, [])
    read_again(store)
    assert [(c.kind, c.made_by) for c in told(store).corrections] == [(K.DISTANCE, MadeBy.PERSON)]
    assert told(store).facts.distance_m == pytest.approx(700)


# ---- any set of corrections, made and taken back ----

_moments = st.integers(0, 700).map(float)
_any = st.one_of(
    st.builds(lambda a, b: Correction(K.CROP, {"from_s": a, "to_s": b}), _moments, _moments),
    st.builds(lambda a, b: Correction(K.PAUSE, {"from_s": a, "to_s": b}), _moments, _moments),
    st.builds(lambda m: Correction(K.DISTANCE, {"distance_m": m}), st.floats(500, 3000)),
    st.builds(
        lambda c: Correction(K.CHANNEL_OUT, {"channel": c}),
        st.sampled_from(["heart_rate_bpm", "cadence_spm", "speed_mps", "distance_m", "position", "pod:Form Power"]),
    ),
    st.just(Correction(K.SPIKES, {"channel": "heart_rate_bpm"})),
    st.builds(lambda s: Correction(K.CLOCK, {"shift_s": s}), st.sampled_from([3600.0, -86_400.0, 1e7])),
    st.builds(lambda z: Correction(K.CLOCK, {"zone": z}), st.sampled_from(["Europe/Berlin", "Asia/Kolkata"])),
    st.builds(lambda v: Correction(K.LOAD, {"measure": "points", "value": v}), st.floats(0, 200)),
    st.just(Correction(K.BORROW, {"channels": ["heart_rate_bpm", "altitude_m"]}, other_id=3)),
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for all examples."""
    store = open_store(None, tmp_path_factory.mktemp("shared") / "home")
    made.two_runners(store, 2)
    yield store
    store.close()


@settings(max_examples=25)
@given(made_list=st.lists(_any, max_size=5), seed=st.integers(0, 99))
def test_whatever_is_corrected_and_taken_back_leaves_every_row_as_it_was(
    shared: Store, made_list: list[Correction], seed: int
) -> None:
    with shared.write() as conn:
        conn.execute(CorrectionRow.__table__.delete())
    before = rows(shared)
    numbers = []
    for one in made_list:
        try:
            with shared.write() as conn:
                numbers.append(correct.correct(conn, ALL, 1, one))
        except Refusal:
            continue  # all or nothing
    with shared.read() as conn:
        table = runs.runs_table(conn, ALL)
        assert len(corrections.of_session(conn, ALL, 1)) <= len(numbers)
    assert isinstance(table, pd.DataFrame)
    Random(seed).shuffle(numbers)
    for number in numbers:
        with shared.write() as conn:
            correct.take_back(conn, ALL, number)
    assert rows(shared) == before
