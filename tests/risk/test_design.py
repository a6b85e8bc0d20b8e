"""A row knows what was before its day and nothing after it, and says so where it knows nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from loadmon.athlete import Athlete, Threshold
from loadmon.days import day_number
from loadmon.finding import Finding
from loadmon.injury import Injury
from loadmon.risk.design import Design, Record, design_on, design_today, weekly_design
from loadmon.risk.diary_begin import diary_begins
from loadmon.risk.outcome import STATES, RiskState
from loadmon.timeline import timeline
from tests.made_runs import day_at, made_runs, session
from tests.risk.made_record import record, squad_record, steady_runs


def _value(design: Design, name: str, row: int = -1) -> float:
    return float(design.values[row, design.names.index(name)])


def _cut(whole: Record, last: int) -> Record:
    """The same squad as it was known on an earlier day."""
    runs = whole.runs[[day <= day_at(last) for day in whole.runs["local_day"]]].reset_index(drop=True)
    known = tuple(i for i in whole.injuries if i.onset <= day_at(last))
    return Record(timeline(runs, today=day_at(last)), runs, known, diary=whole.diary)


@pytest.mark.parametrize("last", [100, 188, 260, 333])
def test_nothing_that_came_later_is_in_a_row(last: int) -> None:
    """Rows made on the day itself, before anything after it had happened, are the same to the last bit."""
    whole = squad_record()
    now, later = design_today(_cut(whole, last)), design_on(whole, [day_number(day_at(last - 1))])
    np.testing.assert_array_equal(now.instant, later.instant)
    np.testing.assert_array_equal(now.athlete, later.athlete)
    np.testing.assert_array_equal(now.state, later.state)
    for name, mine, theirs in zip(now.names, now.values.T, later.values.T, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-9, err_msg=name)
    assert not np.isnan(now.values[:, [now.names.index("monotony"), now.names.index("strain")]]).all()
    assert np.isnan(now.outcome).all()
    assert not np.isnan(later.outcome).any()


def test_one_row_a_runner_and_monday() -> None:
    design = weekly_design(squad_record(3, 70))
    assert sorted(set(zip(design.athlete.tolist(), design.instant.tolist(), strict=True))) == [
        (athlete, day_number(day_at(7 * week))) for athlete in (1, 2, 3) for week in range(1, 11)
    ]


def test_a_spike_belongs_to_its_week_and_band() -> None:
    rows = [session(day_at(n), 8000.0) for n in range(0, 60, 2)]
    for more, name in ((1.2, "small"), (1.6, "moderate"), (2.5, "large")):
        runs = made_runs([*rows, session(day_at(61), 8000.0 * more)])
        design = design_today(record(runs, day_at(62)))
        bands = {band: _value(design, f"spike_{band}") for band in ("small", "moderate", "large")}
        assert bands == {band: float(band == name) for band in bands}
        after = design_today(record(runs, day_at(69)))
        assert _value(after, f"spike_{name}") == 0.0


def test_runs_without_a_distance_are_no_zero() -> None:
    runs = made_runs(
        [*(session(day_at(n)) for n in range(0, 60, 2)), *(session(day_at(n), None) for n in range(61, 68))]
    )
    design = design_today(record(runs, day_at(67)))
    assert np.isnan(_value(design, "spike_small"))
    assert np.isnan(_value(design, "volume_own"))


@pytest.mark.parametrize(("lost", "told"), [(1, True), (2, False), (7, False)])
def test_a_week_nobody_knows_is_no_week_without_a_spike(lost: int, told: bool) -> None:
    missing = pd.DataFrame({"athlete_id": [1], "first_day": [day_at(100 - lost)], "last_day": [day_at(99)]})
    runs = steady_runs(100 - lost)
    looked = [day_number(day_at(99))]
    whole = replace(
        record(runs, day_at(100)), timeline=timeline(runs, today=day_at(100), unknown=missing), unknown=missing
    )
    assert np.isnan(_value(design_on(whole, looked), "spike_large")) is np.bool_(not told)
    long = made_runs([*(session(day_at(n), 8000.0) for n in range(0, 92, 2)), session(day_at(93), 20000.0)])
    seen = replace(
        record(long, day_at(100)), timeline=timeline(long, today=day_at(100), unknown=missing), unknown=missing
    )
    if lost < 7:
        assert _value(design_on(seen, looked), "spike_large") == 1.0


def test_own_usual_leaves_the_last_29_days_out() -> None:
    """A block of long runs in the embargo moves the usual of later rows, not of the rows within it."""
    long = steady_runs(140)
    changed = long.copy()
    inside = [day_at(112) <= day < day_at(133) for day in changed["local_day"]]
    changed.loc[inside, "distance_m"] *= 1.5
    looked = [day_number(day_at(139))]
    before, after = (design_on(record(runs, day_at(139)), looked) for runs in (long, changed))
    assert _value(before, "volume_own") == pytest.approx(_value(after, "volume_own"), abs=1e-9)
    far = long.copy()
    far.loc[[day_at(60) <= day < day_at(80) for day in far["local_day"]], "distance_m"] *= 1.5
    moved = design_on(record(far, day_at(139)), looked)
    assert abs(_value(before, "volume_own") - _value(moved, "volume_own")) > 0.1


@pytest.mark.parametrize(
    ("back", "returned", "state", "outcome"),
    [
        (-1, 5, RiskState.RETURNING, 0.0),  # began yesterday
        (-40, None, RiskState.RETURNING, 0.0),  # still open
        (-40, -10, RiskState.RETURNING, 0.0),  # back ten days ago
        (-60, -30, RiskState.AT_RISK, 0.0),
        (0, 5, RiskState.AT_RISK, 1.0),  # begins on the very day
        (6, 9, RiskState.AT_RISK, 1.0),
        (7, 9, RiskState.AT_RISK, 0.0),  # a day too late to count
    ],
)
def test_states_and_outcomes(back: int, returned: int | None, state: RiskState, outcome: float) -> None:
    at = 140
    end = None if returned is None else day_at(at + returned)
    design = design_on(
        record(steady_runs(160), day_at(159), (Injury(1, day_at(at + back), end, "shin"),)),
        [day_number(day_at(at - 1))],
    )
    assert STATES[design.state[0]] is state
    assert design.outcome[0] == outcome
    assert bool(design.onset[0] == day_number(day_at(at + back))) is bool(outcome)


def test_rows_before_an_injury_stay() -> None:
    """The hole of the public data is not dug again: the weeks before an injury are rows like any other."""
    design = weekly_design(squad_record())
    injured = design.labelled.rows(design.labelled.outcome == 1.0)
    keys = set(zip(design.athlete.tolist(), design.instant.tolist(), strict=True))
    assert len(injured) == 16
    for athlete, instant in zip(injured.athlete.tolist(), injured.instant.tolist(), strict=True):
        assert {(athlete, instant - back) for back in (7, 14, 21)} <= keys


def test_seven_days_that_are_not_over_tell_nothing() -> None:
    design = weekly_design(squad_record(2, 70))
    last = design.instant == design.instant.max()
    assert np.isnan(design.outcome[last]).all()
    assert not np.isnan(design.outcome[~last]).any()


def test_new_and_away() -> None:
    states = {day: STATES[design_today(record(steady_runs(40), day_at(day))).state[0]] for day in (20, 39, 75)}
    assert states == {20: RiskState.NEW, 39: RiskState.AT_RISK, 75: RiskState.AWAY}


def test_an_earlier_injury_is_known_no_only_after_a_year_of_record() -> None:
    short, long = (design_today(record(steady_runs(days), day_at(days - 1))) for days in (200, 380))
    assert np.isnan(_value(short, "previous_injury"))
    assert _value(long, "previous_injury") == 0.0
    hurt = record(steady_runs(200), day_at(199), (Injury(1, day_at(90), day_at(100), "knee"),))
    assert _value(design_today(hurt), "previous_injury") == 1.0


def test_gait_findings_effort_person_and_tissue() -> None:
    runs = steady_runs(120)
    runs["median_cadence_spm"], runs["median_stance_time_s"], runs["effort"] = 160.0, 0.27, 4.0
    runs.loc[runs.index[-3:], "effort"] = 7.0
    who = Athlete(
        1, "Ana", sex="female",
        thresholds=(Threshold("mass_kg", 60.0, day_at(0)), Threshold("height_m", 1.7, day_at(0)), Threshold("mass_kg", 90.0, day_at(119))),
    )  # fmt: skip
    seen = (
        Finding(1, "pelvic_drop", day_at(50), "Eva", "left", 8.0),
        Finding(1, "overstride", day_at(50), "Eva", until=day_at(60)),
        Finding(1, "pelvic_drop", day_at(119), "Eva", "left", 20.0),
    )
    tissue = pd.DataFrame({"athlete_id": [1], "local_day": [day_at(118)], "called": [True]})
    full = replace(record(runs, day_at(119)), athletes=(who,), findings=seen, tissue=tissue)
    design = design_on(full, [day_number(day_at(118))])
    assert _value(design, "duty_factor") == pytest.approx(100 * 0.27 * 160 / 120)
    assert -15 < _value(design, "cadence") < -3  # 3 m/s asks for about 166
    assert _value(design, "pelvic_drop") == 8.0
    assert np.isnan(_value(design, "overstride"))
    assert _value(design, "fatigue") > 2.0
    assert _value(design, "female") == 1.0
    assert _value(design, "body_mass_index") == pytest.approx(60 / 1.7**2)
    assert _value(design, "tissue") == 1.0
    assert np.isnan(_value(design, "sleep"))


def test_check_ins_stand_before_how_hard_runs_felt() -> None:
    runs = steady_runs(120)
    runs["effort"] = 4.0
    days = [*range(0, 80, 4), 114, 116, 118]
    told = pd.DataFrame(
        {
            "athlete_id": 1,
            "local_day": [day_at(n) for n in days],
            "sleep": [2.0, 4.0] * 10 + [6.0, 6.0, np.nan],
            "fatigue": [3.0] * 20 + [3.0] * 3,
        }
    )
    with_them = design_today(replace(record(runs, day_at(119)), wellness=told))
    assert _value(with_them, "sleep") == pytest.approx(3.0, abs=0.1)
    assert _value(with_them, "fatigue") == pytest.approx(0.0)
    late = told.assign(local_day=[day_at(n + 1) if n < 100 else day_at(n + 6) for n in days])
    assert np.isnan(
        _value(design_on(replace(record(runs, day_at(125)), wellness=late), [day_number(day_at(118))]), "sleep")
    )


def test_a_squad_without_anything() -> None:
    empty = made_runs([])
    design = weekly_design(Record(timeline(empty, today=day_at(0)), empty))
    assert len(design) == len(design_today(Record(timeline(empty, today=day_at(0)), empty))) == 0


def test_before_a_diary_is_kept_nobody_is_known_to_be_healthy() -> None:
    """Years of imported runs are no years without an injury."""
    opened = day_number(day_at(210))
    whole = record(steady_runs(700), day_at(699), (Injury(1, day_at(210), day_at(220), "shin"),), diary={1: opened})
    design = weekly_design(whole)
    before = design.instant <= opened
    assert before.sum() == 30
    assert np.isnan(design.outcome[before]).all()
    assert (design.onset[before] == -1).all()  # the entry that opens a diary is not foretold by it
    assert np.isnan(_column(design, "previous_injury")[before]).all()
    after = design.instant > opened
    assert (design.outcome[after & (design.instant + 6 < design.instant.max())] == 0.0).all()
    assert _value(design_today(replace(whole, injuries=())), "previous_injury") == 0.0
    young = replace(whole, injuries=(), diary={1: day_number(day_at(400))})
    assert np.isnan(_value(design_today(young), "previous_injury"))
    assert np.isnan(weekly_design(replace(whole, diary={})).outcome).all()


def test_a_clubs_diary_begins_with_its_second_runner() -> None:
    entries = [(1, 50), (1, 900), (2, 700), (2, 800), (3, 950)]
    assert diary_begins(entries, [1, 2, 3, 4]) == {1: 50, 2: 700, 3: 700, 4: 700}
    assert diary_begins([(1, 50)], [1, 2]) == {1: 50}


def test_a_remembered_injury_opens_nobodys_diary() -> None:
    """Neither before the club's diary nor before the first recorded run; a club's injuries of recorded years do open it."""
    assert diary_begins([(2, 700), (3, 800)], [1, 2], [(1, 50)]) == {1: 700, 2: 700}
    assert diary_begins([], [1, 2, 3], [(1, 300), (2, 400)]) == dict.fromkeys([1, 2, 3], 400)
    assert diary_begins([], [1, 2], [(1, 300)]) == {1: 300}
    old = record(steady_runs(500), day_at(499), (Injury(1, date(1998, 5, 4), date(1998, 6, 1), "shin"),), diary=None)
    assert np.isnan(weekly_design(old).outcome).all()
    later = replace(old, injuries=(*old.injuries, Injury(1, day_at(210), day_at(220), "shin")))
    assert (weekly_design(later).labelled.instant > day_number(day_at(210))).all()


@pytest.mark.parametrize("kind", [{"contact": "direct"}, {"setting": "other"}])
def test_a_blow_or_a_fall_from_a_ladder_is_a_state_and_no_running_injury(kind: dict[str, str]) -> None:
    whole = record(steady_runs(500), day_at(499), (Injury(1, day_at(430), day_at(440), "shin", **kind),))
    design = weekly_design(whole)
    assert not (design.outcome == 1.0).any()
    assert _value(design_today(whole), "previous_injury") == 0.0
    assert RiskState.RETURNING in {STATES[one] for one in design.state}


def _column(design: Design, name: str) -> np.ndarray:
    return design.values[:, design.names.index(name)]


def test_the_last_day_may_hold_an_injury_that_began_today() -> None:
    design = design_today(record(steady_runs(100), day_at(99), (Injury(1, day_at(99), None, "shin"),)))
    assert STATES[design.state[0]] is RiskState.RETURNING
