"""Session spike: the published exposure to the letter, and what a lay-off hides."""

from __future__ import annotations

import json
import math
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon.load.spike import longest_in_reference_band, spikes
from loadmon.measure import NO_RUN_30_DAYS
from tests.made_runs import D84_KM, START, daily, day_at, made_runs, session
from tests.paths import oracle


def cases() -> dict[str, Any]:
    return {c["id"]: c for c in json.loads(oracle("load-and-gait.json").read_text(encoding="utf-8"))["cases"]}


def found(sessions: list[dict[str, Any]], **given_: Any) -> list[dict[str, Any]]:
    return [{k: _none(v) for k, v in row.items()} for row in spikes(made_runs(sessions), **given_).to_dict("records")]


def test_worked_case_every_session_of_twelve_weeks() -> None:
    expected = cases()["session_spike_D84"]["expected"]["sessions"]
    rows = found(daily(D84_KM))
    assert len(rows) == len(expected)
    for row, want in zip(rows, expected, strict=True):
        assert str(row["local_day"].date()) == want["date"]
        assert row["distance_m"] == want["km"] * 1000
        assert row["reference_m"] == (None if want["reference_km"] is None else want["reference_km"] * 1000)
        assert row["change_pct"] == pytest.approx(want["change_pct"], abs=1e-6)
        assert row["band"] == want["band"]
        assert row["reason"] == want.get("reason")
        if "provisional" in want:
            assert row["provisional"] is want["provisional"]


def test_worked_case_edges_of_the_bands() -> None:
    case = cases()["session_spike_boundaries"]
    for given_, want in zip(case["inputs"], case["expected"], strict=True):
        assert pair(given_["ref"], given_["km"])["band"] == want["band"], given_


def test_worked_case_a_lay_off() -> None:
    case = cases()["session_spike_layoff"]
    sessions = [session(date.fromisoformat(s["date"]), s["km"] * 1000.0) for s in case["inputs"]["sessions"]]
    row, want = found(sessions)[-1], case["expected"]
    assert row["band"] == want["band"]
    assert row["reference_m"] == want["reference_km"] * 1000
    assert row["change_pct"] == pytest.approx(want["change_pct"])
    assert row["lay_off_note"] is want["layoff_note"]
    assert row["lay_off_days"] == want["layoff_days"]
    assert row["longest_since_return_m"] == want["longest_since_return_km"] * 1000
    assert row["change_since_return_pct"] == pytest.approx(want["change_vs_since_return_pct"])


def pair(reference_km: float, km: float, **given_: Any) -> dict[str, Any]:
    return found([session(START, reference_km * 1000), session(day_at(2), km * 1000, **given_)])[-1]


# the key numbers once more, so that they hold where the worked cases are not at hand
@pytest.mark.parametrize(
    ("km", "band"),
    [
        (6.0, "reference"),
        (11.0, "reference"),
        (11.0001, "small"),
        (13.0, "small"),
        (13.0001, "moderate"),
        (20.0, "moderate"),
        (20.0001, "large"),
    ],
)
def test_bands(km: float, band: str) -> None:
    assert pair(10.0, km)["band"] == band


@pytest.mark.parametrize("reference", [7.3, 12.345, 21.0975, 3.3, 0.7, 42.195])
def test_ten_percent_more_is_still_the_reference_band_whatever_the_rounding(reference: float) -> None:
    for factor, band in ((1.1, "reference"), (1.3, "small"), (2.0, "moderate")):
        assert pair(reference, reference * factor)["band"] == band
    assert pair(reference, longest_in_reference_band(reference * 1000) / 1000)["band"] == "reference"


def test_a_lay_off_keeps_the_published_band_and_adds_what_it_hides() -> None:
    rows = found(
        [
            session(date(2025, 2, 23), 24000.0),
            session(date(2025, 3, 11), 2000.0),
            session(date(2025, 3, 13), 12000.0),
        ]
    )
    first_back, second = rows[1], rows[2]
    assert first_back["lay_off_note"] is True
    assert first_back["longest_since_return_m"] is None
    assert (second["band"], second["change_pct"], second["lay_off_days"]) == ("reference", -50.0, 15)
    assert second["change_since_return_pct"] == pytest.approx(500.0)
    assert second["return_day"].date() == date(2025, 3, 11)


@pytest.mark.parametrize(("days_off", "note"), [(13, False), (14, True)])
def test_a_lay_off_is_fourteen_whole_days_between_two_runs(days_off: int, note: bool) -> None:
    row = found([session(START, 10000.0), session(day_at(days_off + 1), 5000.0)])[-1]
    assert row["lay_off_note"] is note


def test_a_lay_off_before_the_reference_is_no_longer_told() -> None:
    rows = found([session(START, 10000.0), session(day_at(20), 9000.0), session(day_at(31), 9500.0)])
    assert rows[1]["lay_off_note"] is True
    assert (rows[2]["reference_m"], rows[2]["lay_off_note"]) == (9000.0, False)


def test_one_runners_return_is_not_told_of_the_next_runner() -> None:
    rested = [session(START, 10000.0), session(day_at(20), 5000.0)]
    other = [session(day_at(n), 6000.0, athlete_id=2) for n in (0, 5, 10)]
    rows = found([*rested, *other])
    assert [row["lay_off_days"] for row in rows] == [0, 19, 0, 0, 0]
    assert [row["return_day"] for row in rows[2:]] == [None, None, None]


def test_riding_does_not_end_a_lay_off_and_unknown_days_do_not_make_one() -> None:
    sessions = [session(START, 10000.0), session(day_at(8), 30000.0, running=False), session(day_at(16), 5000.0)]
    assert found(sessions)[-1]["lay_off_note"] is True
    unknown = pd.DataFrame({"athlete_id": [1], "first_day": [day_at(3)], "last_day": [day_at(5)]})
    assert found(sessions, unknown=unknown)[-1]["lay_off_note"] is False
    elsewhere = unknown.assign(athlete_id=2)
    assert found(sessions, unknown=elsewhere)[-1]["lay_off_note"] is True


def test_thirty_days_back_counts_and_thirty_one_does_not() -> None:
    assert found([session(START), session(day_at(30))])[-1]["reference_m"] == 8000.0
    gone = found([session(START), session(day_at(31))])[-1]
    assert (gone["reference_m"], gone["reason"], gone["band"]) == (None, "no run in 30d", None)


def test_an_earlier_run_of_the_same_day_counts_and_a_later_one_does_not() -> None:
    rows = found(
        [session(START, 6000.0), session(day_at(1), 8000.0, clock="07:00"), session(day_at(1), 9000.0, clock="18:00")]
    )
    assert [row["reference_m"] for row in rows] == [None, 6000.0, 8000.0]


def test_two_watches_on_one_run_are_not_each_others_reference() -> None:
    rows = found([session(START, 6000.0), session(day_at(1), 12000.0), session(day_at(1), 12010.0)])
    assert [row["reference_m"] for row in rows] == [None, 6000.0, 6000.0]


def test_provisional_until_thirty_days_of_record() -> None:
    early, late = found([session(START), session(day_at(29))])[-1], found([session(START), session(day_at(30))])[-1]
    assert (early["provisional"], late["provisional"]) == (True, False)
    rode = found([session(START, running=False), session(day_at(40))])[-1]
    assert (rode["provisional"], rode["reason"]) == (False, "no run in 30d")
    assert found([session(day_at(40))], first={1: START})[-1]["reason"] == "no run in 30d"


def test_excluded_and_other_sports_are_neither_session_nor_reference() -> None:
    rows = found(
        [session(START, 42000.0, excluded=True), session(day_at(1), 90000.0, running=False), session(day_at(2), 8000.0)]
    )
    assert len(rows) == 1
    assert rows[0]["reference_m"] is None


@pytest.mark.parametrize("metres", [None, 0.0, 0.4, 2.3e-308])
def test_a_missing_distance_stays_missing_and_is_no_reference(metres: float | None) -> None:
    rows = found([session(START, 6000.0), session(day_at(1), metres), session(day_at(2), 6300.0)])
    assert (rows[1]["change_pct"], rows[1]["band"], rows[1]["reason"]) == (None, None, "distance missing")
    assert rows[2]["reference_m"] == 6000.0
    only = found([session(START, metres), session(day_at(2), 6300.0)])[-1]
    assert (only["reference_m"], only["reason"]) == (None, "distance missing")


@pytest.mark.parametrize(
    ("reference", "run", "told", "band"),
    [
        ((4000.0, 1600.0), (4700.0, 1900.0), "reference", "small"),
        ((4000.0, 1600.0), (4800.0, 1901.0), "small", "small"),
        ((2000.0, 700.0), (4500.0, 1600.0), "large", "large"),
        ((6000.0, 1700.0), (6900.0, 2000.0), "reference", "small"),
        ((6000.0, 1800.0), (6900.0, 2000.0), "small", "small"),
        ((4000.0, None), (4700.0, 1900.0), "small", "small"),
    ],
)
def test_short_references_are_told_in_minutes(
    reference: tuple[float, float | None], run: tuple[float, float], told: str, band: str
) -> None:
    row = found([session(START, reference[0], moving_s=reference[1]), session(day_at(3), run[0], moving_s=run[1])])[-1]
    assert (row["band_told"], row["band"]) == (told, band)


def test_after_flying_over_the_date_line_nothing_breaks() -> None:
    # a run in Auckland on 2 March, then one in Los Angeles started later and dated 1 March
    rows = found(
        [
            session(date(2025, 3, 2), 10000.0, clock="06:00", utc_offset_h=13),
            session(date(2025, 3, 1), 5000.0, clock="18:00", utc_offset_h=-8),
        ]
    )
    assert [row["reference_m"] for row in rows] == [None, 10000.0]
    assert rows[1]["local_day"].date() == date(2025, 3, 1)


def test_no_runs_give_an_empty_table() -> None:
    assert len(spikes(made_runs([]))) == 0
    assert len(spikes(made_runs([session(START, running=False)]))) == 0


made = st.lists(
    st.tuples(
        st.integers(1, 2),
        st.integers(0, 70),
        st.integers(0, 3),
        st.one_of(st.none(), st.integers(1, 40).map(lambda km: km * 1000.0)),
    ),
    min_size=1,
    max_size=35,
)


@settings(max_examples=80, deadline=None)
@given(made)
def test_the_same_as_looking_run_by_run(rows: list[tuple[int, int, int, float | None]]) -> None:
    runs = made_runs(session(day_at(d), m, athlete_id=a, clock=f"{6 + h:02d}:00") for a, d, h, m in rows)
    for row in spikes(runs).to_dict("records"):
        mine = runs[(runs["athlete_id"] == row["athlete_id"]) & (runs["start_utc"] < row["start_utc"])]
        day = row["local_day"].date()
        window = mine[(mine["local_day"] >= day - timedelta(days=30)) & (mine["local_day"] <= day)]
        longest = window["distance_m"].max()
        assert _none(row["reference_m"]) == _none(float(longest))
        if _none(row["reference_m"]) is not None:
            since = window[window["distance_m"] == longest]["local_day"].max()
            later = sorted({d for d in mine["local_day"] if d >= since} | {day})
            gaps = [(b - a).days - 1 for a, b in pairwise(later)]
            assert bool(row["lay_off_note"]) == any(gap >= 14 for gap in gaps)
        assert (_none(row["change_pct"]) is None) == (_none(row["reason"]) is not None)


@settings(max_examples=40, deadline=None)
@given(made, st.integers(2, 9), st.randoms())
def test_other_units_and_another_order_of_rows_change_no_percentage(
    rows: list[tuple[int, int, int, float | None]], factor: int, random: Any
) -> None:
    runs = made_runs(session(day_at(d), m, athlete_id=a, clock=f"{6 + h:02d}:00") for a, d, h, m in rows)
    order = list(range(len(runs)))
    random.shuffle(order)
    plain, other = spikes(runs), spikes(runs.iloc[order].assign(distance_m=lambda t: t["distance_m"] * factor))
    assert plain["session_id"].tolist() == other["session_id"].tolist()
    assert plain["change_pct"].to_numpy() == pytest.approx(other["change_pct"].to_numpy(), nan_ok=True)
    assert plain["band"].astype(object).tolist() == pytest.approx(other["band"].astype(object).tolist(), nan_ok=True)
    assert not np.isinf(plain["change_pct"]).any()


def _none(value: Any) -> Any:
    if value is None or value is pd.NaT:
        return None
    return None if isinstance(value, float) and math.isnan(value) else value


def test_a_false_start_is_no_measure_of_the_next_run() -> None:
    table = spikes(
        made_runs([session(START, 40.0, moving_s=20.0), session(day_at(40), 30.0), session(day_at(41), 8000.0)])
    )
    assert table["reference_m"].isna().all()
    assert table["reason"].iloc[-1] == NO_RUN_30_DAYS
