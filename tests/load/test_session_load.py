"""Session load: every method beside the others, each with its own reason where it cannot tell, and never a silent 0."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon import measure
from loadmon.load.heart_rate import HEART_RATE_BINS
from loadmon.load.points import MEAN_SPEED, SLOPES_UNKNOWN
from loadmon.load.session_load import METHOD_COLUMNS, session_loads
from loadmon.measure import REASON_WORDS
from tests.load.made_sessions import LIMITS, One, loads, one, tables
from tests.made_runs import made_runs, session


def without(*names: str, **other: Any) -> dict[str, Any]:
    return {name: value for name, value in LIMITS.items() if name not in names} | other


def test_every_method_of_a_run_of_which_all_is_known() -> None:
    (row,) = loads([one()])
    assert row["distance_m"] == 8100
    assert row["moving_s"] == 2700
    assert row["effort_au"] == pytest.approx(6 * 45)
    share = 100 / 140
    assert row["trimp_banister"] == pytest.approx(45 * share * 0.86 * np.exp(1.67 * share))
    assert row["trimp_edwards"] == 45 * 3  # 150 of 190 is 79 %
    assert row["trimp_lucia"] == 45 * 2
    threshold = 120 / 140
    hour = 60 * threshold * 0.86 * np.exp(1.67 * threshold)
    assert row["heart_rate_stress"] == pytest.approx(100 * row["trimp_banister"] / hour)
    assert row["pace_stress"] == pytest.approx(0.75 * (3.2 / 4.0) ** 2 * 100)
    assert row["power_stress"] == pytest.approx(0.75 * (240 / 280) ** 2 * 100)
    assert all(row[f"{name}_reason"] is None for name in METHOD_COLUMNS)


def test_the_table_keeps_the_rows_of_the_sessions() -> None:
    runs, heart_rate, limits = tables([one(0), one(1, bare=True), one(2)])
    found = session_loads(runs.iloc[::-1], heart_rate.iloc[::-1], limits.iloc[::-1])
    assert found.index.tolist() == [102, 101, 100]
    assert found["session_id"].tolist() == [3, 2, 1]
    assert found["trimp_banister"].isna().tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("given_", "reasons"),
    [
        (one(distance_m=None, moving_s=2700.0), {"distance_m": measure.DISTANCE_MISSING}),
        (
            one(moving_s=None),
            dict.fromkeys(("moving_s", "effort_au", "pace_stress", "power_stress"), measure.NO_DURATION),
        ),
        (one(effort=np.nan), {"effort_au": measure.NO_EFFORT}),
        (one(effort=15.0), {"effort_au": measure.EFFORT_RANGE}),
        (
            one(heart=()),
            dict.fromkeys(
                ("trimp_banister", "trimp_edwards", "trimp_lucia", "heart_rate_stress"), measure.NO_HEART_RATE
            ),
        ),
        (
            one(heart_rate_coverage=0.79),
            dict.fromkeys(
                ("trimp_banister", "trimp_edwards", "trimp_lucia", "heart_rate_stress"), measure.HEART_RATE_SPARSE
            ),
        ),
        (
            one(heart=(), mean_heart_rate_bpm=150.0),
            dict.fromkeys(
                ("trimp_banister", "trimp_edwards", "trimp_lucia", "heart_rate_stress"), measure.MEAN_HEART_RATE
            ),
        ),
        (
            one(limits=without("max_heart_rate_bpm")),
            dict.fromkeys(("trimp_banister", "trimp_edwards", "heart_rate_stress"), measure.NO_MAX_HEART_RATE),
        ),
        (
            one(limits=without("rest_heart_rate_bpm")),
            dict.fromkeys(("trimp_banister", "heart_rate_stress"), measure.NO_REST_HEART_RATE),
        ),
        (
            one(limits=without(rest_heart_rate_bpm=190.0)),
            dict.fromkeys(("trimp_banister", "heart_rate_stress"), measure.HEART_RATE_LIMITS),
        ),
        (
            one(limits=without(threshold_heart_rate_bpm=191.0)),
            {"heart_rate_stress": measure.THRESHOLD_HEART_RATE_RANGE},
        ),
        (one(limits=without("first_threshold_heart_rate_bpm")), {"trimp_lucia": measure.NO_FIRST_THRESHOLD}),
        (one(limits=without("second_threshold_heart_rate_bpm")), {"trimp_lucia": measure.NO_SECOND_THRESHOLD}),
        (
            one(limits=without(second_threshold_heart_rate_bpm=145.0)),
            {"trimp_lucia": measure.THRESHOLDS_ORDER},
        ),
        (one(normalised_graded_mps=np.nan, mean_speed_mps=np.nan), {"pace_stress": measure.NO_SPEED}),
        (one(limits=without("threshold_speed_mps")), {"pace_stress": measure.NO_THRESHOLD_SPEED}),
        (one(weighted_power_w=np.nan), {"power_stress": measure.NO_POWER}),
        (one(limits=without("critical_power_w")), {"power_stress": measure.NO_CRITICAL_POWER}),
        (one(running=False), dict.fromkeys(("pace_stress", "power_stress"), measure.NOT_A_RUN)),
    ],
)
def test_what_is_missing_silences_the_methods_that_need_it_and_no_other(given_: One, reasons: dict[str, str]) -> None:
    (row,) = loads([given_])
    for name in METHOD_COLUMNS:
        assert row[f"{name}_reason"] == reasons.get(name), name
        assert (row[name] is None) == (name in reasons), name


def test_a_missing_threshold_names_itself_and_the_page_to_set_it() -> None:
    for code, name in {
        measure.NO_MAX_HEART_RATE: "maximum heart rate",
        measure.NO_REST_HEART_RATE: "resting heart rate",
        measure.NO_FIRST_THRESHOLD: "first measured threshold",
        measure.NO_SECOND_THRESHOLD: "second measured threshold",
        measure.NO_THRESHOLD_SPEED: "threshold speed",
        measure.NO_CRITICAL_POWER: "critical power",
    }.items():
        assert name in REASON_WORDS[code]
        assert "set it on the page Runner" in REASON_WORDS[code]


def test_coverage_of_four_fifths_is_enough() -> None:
    assert loads([one(heart_rate_coverage=0.8)])[0]["trimp_banister"] is not None


def test_effort_counts_the_whole_session_and_the_breaks_in_it() -> None:
    assert loads([one(elapsed_s=3600.0)])[0]["effort_au"] == 6 * 60


def test_nobody_has_run() -> None:
    found = session_loads(*tables([]))
    assert len(found) == 0
    assert {"points", "points_method", *METHOD_COLUMNS} <= set(found)


def test_tables_that_hold_less_are_read_as_missing() -> None:
    runs = made_runs([session(one().where["day"])])
    heart_rate = pd.DataFrame(np.zeros((0, len(HEART_RATE_BINS))), index=pd.Index([], dtype="int64"))
    found = session_loads(runs, heart_rate, pd.DataFrame(index=runs.index)).iloc[0]
    assert found["effort_au_reason"] == measure.NO_EFFORT
    assert found["trimp_lucia_reason"] == measure.NO_HEART_RATE
    assert found["points_method"] == "minutes"


def test_tables_that_do_not_fit_together_are_refused() -> None:
    runs, heart_rate, limits = tables([one(0), one(1)])
    with pytest.raises(ValueError, match="same index"):
        session_loads(runs, heart_rate, limits.iloc[::-1])
    with pytest.raises(ValueError, match="beats"):
        session_loads(runs, heart_rate.iloc[:, 1:], limits)


maybe = st.booleans()
limit = st.sampled_from([np.nan, 0.0, -1.0, np.inf, 45.0, 150.0, 190.0])


@st.composite
def anything(draw: Any) -> One:
    """A session of which anything may be missing or absurd."""
    number = st.sampled_from([np.nan, 0.0, 3.0, 240.0])
    return one(
        draw(st.integers(0, 40)),
        limits={name: draw(limit) for name in LIMITS if name != "sex"}
        | {"sex": draw(st.sampled_from(["female", "male", None]))},
        heart=((45, draw(st.integers(40, 200))),) if draw(maybe) else (),
        heart_rate_coverage=draw(st.sampled_from([np.nan, 0.0, 0.5, 0.8, 1.0])),
        mean_heart_rate_bpm=draw(st.sampled_from([np.nan, 150.0])),
        effort=draw(st.sampled_from([np.nan, -1.0, 0.0, 5.0, 10.0, 20.0])),
        normalised_graded_mps=draw(number),
        mean_speed_mps=draw(number),
        weighted_power_w=draw(number),
        distance_m=draw(st.sampled_from([None, 8000.0])),
        moving_s=draw(st.sampled_from([None, 0.0, 2700.0])),
        athlete_id=draw(st.integers(1, 3)),
        running=draw(maybe),
        excluded=draw(maybe),
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(anything(), min_size=1, max_size=8))
def test_a_reason_exactly_where_there_is_no_number(sessions: list[One]) -> None:
    found = session_loads(*tables(sessions))
    for name in (*METHOD_COLUMNS, "points"):
        value = found[name].to_numpy()
        assert (np.isnan(value) == found[f"{name}_reason"].notna().to_numpy()).all(), name
        assert not np.isinf(value).any(), name
        assert set(found[f"{name}_reason"].dropna()) <= set(REASON_WORDS), name
    points = found["points"].to_numpy()
    assert not (points <= 0).any()
    assert (np.isnan(points) == found["points_method"].isna().to_numpy()).all()
    assert {code for why in found["points_why_not"] for _, code in why} <= set(REASON_WORDS)


@settings(max_examples=60, deadline=None)
@given(st.lists(anything(), min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_session(sessions: list[One], random: Any) -> None:
    runs, heart_rate, limits = tables(sessions)
    rows = random.sample(range(len(runs)), len(runs))
    shuffled = session_loads(runs.iloc[rows], heart_rate, limits.iloc[rows])
    pd.testing.assert_frame_equal(shuffled.loc[runs.index], session_loads(runs, heart_rate, limits), rtol=1e-12)


def test_a_pace_without_its_slopes_says_so_and_is_no_estimate() -> None:
    runs, hearts, limits = tables([one(), one(1), one(2, normalised_graded_mps=np.nan)])
    order = {1: ("pace",)}
    found = session_loads(runs.assign(grade_known=[True, False, False]), hearts, limits, order)
    assert found["points_method"].tolist() == ["pace"] * 3
    assert found["points_notes"].tolist() == [(), (SLOPES_UNKNOWN,), (MEAN_SPEED,)]
    assert found["points_estimated"].tolist() == [False, False, True]
