"""A tissue's time line: its rows are those of the ledger, its index that of the divergence, and nothing missing is drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from loadmon.finding import Finding
from loadmon.measure import SPEED_COVERAGE
from loadmon.show.charts.tissue_line import FINDING, SPIKE
from loadmon.show.tissue_line import (
    LEAST_REACH,
    TissueSpike,
    day_rows,
    index_reach,
    line_sentence,
    mark_rows,
    week_rows,
)
from loadmon.show.tissue_view import spikes_in, spikes_of
from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.exposure_bytes import exposure_bytes
from loadmon.tissue.sheet import tissue_sheet
from loadmon.units import Units, UnitSystem
from tests.show.made_tissues import ADA, END, calls, sheet
from tests.tissue.made_training import MONDAY, WEEKS, made_days

ACHILLES, KM, COEFFICIENTS = "achilles", Units(), default_coefficients()
SPIKES = [TissueSpike(END - timedelta(days=1), 7, 1.52, 1.21, 1.9, 1.1, "moderate")]


def days(change: str = "uphill_tm", units: Units = KM) -> pd.DataFrame:
    return day_rows(sheet(change), ACHILLES, units, SPIKES)


def weeks(change: str = "uphill_tm") -> pd.DataFrame:
    return week_rows(sheet(change), days(change), ACHILLES, KM, SPIKES)


def test_a_day_is_that_of_the_ledger_in_the_readers_unit() -> None:
    place = sheet("uphill_tm").tissues.index(ACHILLES)
    km, miles = days(), days(units=Units(UnitSystem.IMPERIAL))
    np.testing.assert_allclose(km["damage"], sheet("uphill_tm").days.damage_m[:, place] / 1000)
    np.testing.assert_allclose(km["damage"], miles["damage"] * 1.609344)
    assert (km["low"] <= km["high"]).all()
    assert km["day"].iloc[-1].date() == END


def test_the_index_stands_as_far_over_the_steps_as_the_call_says() -> None:
    end = days().iloc[-1]
    one = next(one for one in calls("uphill_tm").tissues if one.tissue == ACHILLES)
    assert one.low is not None
    assert one.high is not None
    assert end["index_low"] / end["steps_index"] - 1 == pytest.approx(one.low)
    assert end["index_high"] / end["steps_index"] - 1 == pytest.approx(one.high)
    assert end["index_low"] < end["index"] < end["index_high"]


def test_before_there_is_history_the_index_is_missing_and_says_why() -> None:
    first = days().iloc[0]
    assert np.isnan(first[["index", "index_low", "index_high", "steps_index"]].to_numpy(float)).all()
    assert "building history" in first["index_words"]
    assert days()["index_words"].iloc[-1] == ""


def test_a_week_is_the_sum_of_its_days_with_the_interval_of_the_sum() -> None:
    table = sheet("uphill_tm").weeks
    table = table[table["tissue"] == ACHILLES].reset_index(drop=True)
    rows = weeks()
    assert len(rows) == WEEKS
    for mine, theirs in (("damage", "damage_m"), ("low", "damage_low_m"), ("high", "damage_high_m")):
        np.testing.assert_allclose(rows[mine], table[theirs] / 1000)
    assert rows["runs"].tolist() == table["runs"].tolist()
    assert not rows["running"].any()
    assert rows["index"].iloc[-1] == days()["index"].iloc[-1]


def test_the_running_week_is_marked_and_so_is_a_first_one_in_which_the_record_begins() -> None:
    wednesday = sheet("none", on=MONDAY + timedelta(days=16))
    rows = week_rows(wednesday, day_rows(wednesday, ACHILLES, KM), ACHILLES, KM)
    assert rows["running"].tolist() == [False, False, True]
    assert rows["words"].iloc[-1] == "3 of 7 days"
    # the record begins with the first run, on Tuesday
    assert rows["words"].iloc[0] == "6 of 7 days: the record begins within it"


def test_days_that_are_not_known_are_said_and_a_week_of_them_is_hatched() -> None:
    days_of = made_days("none")[0]
    runs = pd.DataFrame({"session_id": range(len(days_of)), "local_day": days_of, "exposure_reason": None})
    blobs = {n: exposure_bytes(one) for n, one in enumerate(made_days("none")[1])}
    partly = runs["local_day"] == MONDAY + timedelta(days=2)
    runs.loc[partly, "exposure_reason"] = SPEED_COVERAGE
    gone = [MONDAY + timedelta(days=7 + n) for n in range(7)]
    runs = runs[~runs["local_day"].isin(gone)]
    blind = tissue_sheet(ADA, runs, blobs, today=END, unknown=gone[:6], draws=None)
    each = day_rows(blind, ACHILLES, KM)
    assert set(each["words"]) == {"", "declared missing", "partly recorded: the sum is too low"}
    rows = week_rows(blind, each, ACHILLES, KM)
    assert rows["words"].tolist()[:3] == [
        "6 of 7 days: the record begins within it; 1 of its days not known", "6 of its days not known", "",
    ]  # fmt: skip
    assert rows["state"].tolist()[:3] == ["observed", "unknown", "observed"]
    assert rows["whole"].tolist()[:3] == [False, False, True]
    missing = each["words"] == "declared missing"
    assert each.loc[missing, ["damage", "load", "steps"]].isna().all(axis=None)
    assert each.loc[~missing, "damage"].notna().all()
    blank = tissue_sheet(ADA, runs, blobs, today=END, unknown=gone, draws=None)
    assert week_rows(blank, day_rows(blank, ACHILLES, KM), ACHILLES, KM)["damage"].isna().tolist()[:3] == [
        False, True, False,
    ]  # fmt: skip


def test_spikes_of_a_sheet_are_those_that_are_told() -> None:
    found = sheet("longrun")
    told = spikes_of(found, ACHILLES)
    assert [one.day for one in told if not one.provisional] == [END - timedelta(days=7)]
    assert told[-1].ratio > 1.5
    assert told[-1].low > 1.1
    assert found.runs.day[found.runs.row_of(told[-1].session_id) or 0] == told[-1].day
    assert spikes_in(found, told[-1].session_id)[ACHILLES] == told[-1]
    assert spikes_in(found, 999) == {}


def test_a_spike_stands_on_its_day_and_in_its_week() -> None:
    assert days()["spike"].ne("").tolist() == [False] * (len(days()) - 2) + [True, False]
    assert weeks()["spike"].ne("").tolist() == [False] * (WEEKS - 1) + [True]
    assert SPIKES[0].words.endswith(
        "1.5 times (1.2 to 1.9) the most damaging run of the 30 days before, band “moderate”; its distance 1.1 times the longest."
    )
    assert "provisional: the record before it is short" in replace(SPIKES[0], provisional=True).words
    assert "distance" not in replace(SPIKES[0], distance_ratio=float("nan")).words


def test_findings_are_marked_from_their_day_where_they_concern_the_tissue() -> None:
    noted = [
        Finding(1, "forefoot", END - timedelta(days=20), "Dr Who"),
        Finding(1, "pelvic_drop", END - timedelta(days=20), "Dr Who"),
        Finding(1, "restricted_dorsiflexion", MONDAY - timedelta(days=9), "Dr Who", until=MONDAY + timedelta(days=3)),
        Finding(1, "restricted_dorsiflexion", MONDAY - timedelta(days=9), "Dr Who", until=MONDAY),
        Finding(1, "overstride", END, "Dr Who"),
    ]
    rows = mark_rows(SPIKES, noted, COEFFICIENTS, ACHILLES, MONDAY, END)
    assert rows["row"].tolist() == [SPIKE, FINDING, FINDING, FINDING]
    spans = [(one.first.date(), one.after.date()) for one in rows.itertuples()]
    assert spans[1] == (END - timedelta(days=20), END + timedelta(days=1))
    assert spans[2] == (MONDAY, MONDAY + timedelta(days=3))
    assert spans[3] == (END, END + timedelta(days=1))
    assert "lands on the forefoot, new, seen " in rows["words"].iloc[1]
    assert mark_rows([], [], COEFFICIENTS, ACHILLES, MONDAY, END).empty


def test_the_axis_of_the_index_shows_both_lines_and_no_mountain() -> None:
    assert index_reach(days("none")) == LEAST_REACH
    low, high = index_reach(days())
    assert low <= days()["index"].min()
    assert days()["index_high"].max() <= high <= 300
    assert index_reach(days().assign(index=np.nan, steps_index=np.nan)) == LEAST_REACH


def test_the_time_line_in_words() -> None:
    told = line_sentence(weeks(), "Achilles tendon", "km")
    # the first week begins before the record does
    assert told.startswith(
        "Achilles tendon: between 45 and 65 km, 45 in the middle (the 25 weeks known from end to end). Index 1"
    )
    assert "your steps 10" in told
    young = weeks().head(2)
    assert "No index yet: still building history" in line_sentence(young, "Achilles tendon", "km")
    rest = weeks()
    rest.loc[5, "damage"] = 0.0
    assert "between 0 and 65 km" in line_sentence(rest, "Achilles tendon", "km"), (
        "a week without a run is a week of zero"
    )
    holes = weeks().assign(whole=lambda rows: rows.index < 20)
    assert "between 45 and 45 km, 45 in the middle (the 20 weeks" in line_sentence(holes, "Achilles tendon", "km")
    assert "no week is known from end to end" in line_sentence(weeks().assign(whole=False), "Achilles tendon", "km")
    assert "in the middle (days with a run)." in line_sentence(days(), "Achilles tendon", "km")
    idle = weeks().assign(damage=0.0)
    assert line_sentence(idle, "Achilles tendon", "km") == "Achilles tendon: nothing was run in this span."
    lost = weeks()
    lost.loc[lost.index[-1], ["index", "index_words"]] = np.nan, "too many of the last 28 days are not known"
    assert line_sentence(lost, "Achilles tendon", "km").endswith(
        "None since: too many of the last 28 days are not known."
    )
