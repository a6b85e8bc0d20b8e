"""Faults that other programs have in a session's load, each with the test that it is not ours."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from loadmon import measure
from loadmon.load.session_load import session_loads
from loadmon.timeline import timeline
from tests.load.made_sessions import LIMITS, One, loads, one, tables
from tests.made_runs import START, day_at


def days_of(sessions: list[One]) -> pd.DataFrame:
    """The days that the sessions add up to, load and all."""
    runs, heart_rate, limits = tables(sessions)
    brought = session_loads(runs, heart_rate, limits)[["effort_au", "points", "points_estimated", "trimp_banister"]]
    return timeline(runs.join(brought), today=day_at(6), first={1: START})


def test_a_week_of_runs_told_by_effort_alone_is_not_a_rest_week() -> None:
    """Runs without heart rate and power counted as no load at all."""
    week = days_of([one(day, bare=True, effort=5.0) for day in (0, 2, 4)])
    assert (week["points"] > 0).tolist() == [True, False, True, False, True, False, False]
    assert week.loc[week["state"] == "observed", "points"].tolist() == pytest.approx([5 * 45 * 100 / 420] * 3)
    assert week["effort_au"].tolist() == [225, 0, 225, 0, 225, 0, 0]


def test_a_run_that_no_method_can_tell_leaves_its_day_unknown_and_not_0() -> None:
    """A load that is not known was added as 0."""
    week = days_of([one(0, bare=True, moving_s=None), one(2)])
    assert np.isnan(week["points"].iloc[0])
    assert not week["points_complete"].iloc[0]
    assert np.isnan(week["trimp"].iloc[0])


def test_a_missing_effort_stays_missing() -> None:
    """An effort nobody told was counted as 0 by one program, and as the middle of the scale by another."""
    (row,) = loads([one(bare=True)])
    assert row["effort_au"] is None
    assert row["effort_au_reason"] == measure.NO_EFFORT


def test_effort_counts_the_whole_session_and_not_the_moving_minutes() -> None:
    """Moving time instead of the whole session leaves out the recoveries that the effort was told for."""
    (row,) = loads([one(elapsed_s=4500.0, moving_s=2700.0)])
    assert row["effort_au"] == pytest.approx(6 * 75)


def test_women_have_a_factor_of_their_own() -> None:
    """The men's factor beside the women's exponent tells a quarter less."""
    (row,) = loads(
        [one(heart=((30, 130),), limits=LIMITS | {"rest_heart_rate_bpm": 40.0, "max_heart_rate_bpm": 200.0})]
    )
    assert row["trimp_banister"] == pytest.approx(37.1285177567, abs=1e-6)
    assert row["trimp_banister"] != pytest.approx(27.6305248422, rel=0.1)


def test_hard_minutes_are_not_averaged_away() -> None:
    """The load of the mean heart rate instead of the mean of the loads."""
    limits = LIMITS | {"sex": "male"}
    (row,) = loads([one(heart=((20, 120), (25, 145), (15, 165)), limits=limits)])
    assert row["trimp_banister"] == pytest.approx(94.8424867612, abs=1e-6)


def test_a_maximum_below_rest_is_a_wrong_entry_and_not_an_endless_load() -> None:
    """A reserve of nothing or less gave infinite, negative or no load, without a word."""
    for maximum in (50.0, 49.0):
        (row,) = loads([one(limits=LIMITS | {"max_heart_rate_bpm": maximum})])
        assert row["trimp_banister"] is None
        assert row["trimp_banister_reason"] == measure.HEART_RATE_LIMITS
        assert row["points_method"] == "pace"


def test_a_strap_that_slipped_for_half_of_the_run_is_not_half_the_load() -> None:
    """What was measured was added up as if it were all there was."""
    (row,) = loads([one(heart=((22, 150),), heart_rate_coverage=0.5)])
    assert row["trimp_banister"] is None
    assert row["points_method"] == "pace"


def test_a_setting_that_is_missing_is_named_in_place() -> None:
    """Charts stayed blank, and nobody was told that a threshold had not been set."""
    (row,) = loads([one(limits={})])
    assert dict(row["points_why_not"]) == {
        "heart rate": measure.NO_MAX_HEART_RATE,
        "pace": measure.NO_THRESHOLD_SPEED,
    }
    assert row["points_method"] == "effort"


def test_a_ride_is_no_run_by_its_speed() -> None:
    """A ride's speed against a runner's threshold gave several hundred points an hour."""
    (row,) = loads([one(running=False, normalised_graded_mps=9.0)])
    assert row["pace_stress"] is None
    assert row["pace_stress_reason"] == measure.NOT_A_RUN
